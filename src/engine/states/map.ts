/** Map, inline: runs its processor for each item. */
import type { MapState } from '../../asl/definition.ts';
import { LIMITS } from '../../asl/limits.ts';
import { Aborted, QueryError } from '../errors.ts';
import type { Templates } from '../evaluate.ts';
import type { Frame, Scope } from '../frame.ts';
import { Graph, type Run } from '../machine.ts';
import { compileResults, complete } from '../results.ts';
import { compileHandlers, withHandlers } from '../retry-catch.ts';
import { runTogether } from './parallel.ts';

export function compileMap(state: MapState, templates: Templates): Run {
  const processor = new Graph(state.ItemProcessor, templates);
  const items = templates.compile(state.Items, 'Items');
  const selector = templates.compile(state.ItemSelector, 'ItemSelector');
  const concurrency = templates.compile(state.MaxConcurrency, 'MaxConcurrency');
  const results = compileResults(state, '', templates);
  const handlers = compileHandlers(state, templates);

  /** Runs one iteration, with its events. */
  const iterate = async (frame: Frame, scope: Scope, index: number, value: unknown): Promise<unknown> => {
    const { execution, state: map } = frame;
    const { history } = execution;
    const details = { name: map.name, index };
    scope.item = { Index: index, Value: value };
    history.add(scope.chain, 'MapIterationStarted', () => ['mapIterationStarted', details]);
    try {
      const input = selector ? await select(frame, scope) : value;
      const output = await execution.runGraph(processor, input, scope);
      history.add(scope.chain, 'MapIterationSucceeded', () => ['mapIterationSucceeded', details]);
      return output;
    } catch (error) {
      const kind = error instanceof Aborted ? 'Aborted' : 'Failed';
      history.add(scope.chain, `MapIteration${kind}`, () => [`mapIteration${kind}`, details]);
      throw error;
    }
  };

  /** What ItemSelector makes of an item: it sees the Map state's data and the item in the context. */
  const select = async (frame: Frame, scope: Scope): Promise<unknown> => {
    const view = Object.assign(Object.create(frame) as Frame, { item: scope.item });
    return selector!(view);
  };

  const attempt = async (frame: Frame): Promise<void> => {
    const { history } = frame.execution;
    const list = items ? await items(frame) : frame.input;
    if (!Array.isArray(list)) throw new QueryError('Items', `The field 'Items' must be an array.`);
    const width = concurrency ? await concurrency(frame) : 0;
    if (!Number.isInteger(width) || (width as number) < 0) {
      throw new QueryError('MaxConcurrency', `The field 'MaxConcurrency' must be a whole number from 0.`);
    }
    history.add(frame.scope.chain, 'MapStateStarted', () => ['mapStateStarted', { length: list.length }]);
    const work = list.map((value: unknown, i) => (scope: Scope) => iterate(frame, scope, i, value));
    const outputs = await runTogether(
      frame,
      'MapState',
      work,
      Math.min((width as number) || LIMITS.concurrency, LIMITS.concurrency),
    );
    frame.result = outputs;
    await complete(frame, results, outputs);
  };
  return (frame) => withHandlers(frame, handlers, attempt);
}
