import type { Step } from '../bundle.ts';
import { patternPolicy, tightness } from './arn.ts';
import type { Inferred } from './types.ts';

/**
 * Reads the step's `allow` directives: `ACTION[,ACTION…]@RESOURCE`, such as `s3:GetObject,s3:PutObject@arn:aws:s3:::b/*`.
 * The directive's parser splits at commas, so a resource holds for the actions before it. Actions without any hold for
 * all resources: that is the user's word, and `roles` shows it as a wildcard.
 */
export function readAllow(step: Step): Inferred {
  const result: Inferred = { grants: [], problems: [] };
  const { line } = step.source;
  const wrong = (entry: string): void => {
    result.problems.push({
      code: 'SH5004',
      message: `\`allow=${entry}\` is not a permission`,
      hints: ['write it as `allow=SERVICE:Action@ARN`, e.g. `allow=s3:GetObject@arn:aws:s3:::my-bucket/*`'],
      line,
    });
  };
  let actions: string[] = [];
  const grant = (resource: string): void => {
    if (actions.length === 0) return;
    const patterns = [...actions.filter((action) => action.includes('*')).map(() => '*'), resource];
    const reason = `allow=${actions.join(',')}${resource === '*' ? '' : `@${resource}`}`;
    result.grants.push({ actions, resources: [patternPolicy(resource)], reason, tightness: tightness(patterns), line });
    actions = [];
  };
  for (const entry of step.settings.allow ?? []) {
    const at = entry.indexOf('@');
    const action = at < 0 ? entry : entry.slice(0, at);
    const resource = at < 0 ? undefined : entry.slice(at + 1);
    if (!/^[a-z0-9-]+:[A-Za-z0-9*]+$/.test(action) || (resource && resource !== '*' && !resource.startsWith('arn:'))) {
      wrong(entry);
      continue;
    }
    actions.push(action);
    if (resource !== undefined) grant(resource || '*');
  }
  grant('*');
  return result;
}
