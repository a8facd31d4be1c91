import type { Step } from '../bundle.ts';
import { patternPolicy, tightness } from './arn.ts';
import type { Grant, Inferred } from './types.ts';

/**
 * Reads the step's `allow` and `deny` directives: `ACTION[,ACTION…]@RESOURCE`, such as `s3:GetObject,s3:PutObject@arn:aws:s3:::b/*`.
 * The directive's parser splits at commas, so a resource holds for the actions before it. Actions without any hold for
 * all resources: that is the user's word, and `roles` shows it as a wildcard.
 */
export function readPermissions(step: Step): Inferred {
  const allowed = read(step, 'allow');
  const denied = read(step, 'deny');
  const result = { grants: [...allowed.grants, ...denied.grants], problems: [...allowed.problems, ...denied.problems] };
  if (step.settings.role !== undefined && result.grants.length > 0) {
    const message = '`allow` and `deny` change nothing beside `role`: an existing role is used as it is';
    const hints = ['leave one of them out'];
    return {
      grants: result.grants,
      problems: [...result.problems, { code: 'SH5004', message, hints, line: step.source.line }],
    };
  }
  return result;
}

function read(step: Step, directive: 'allow' | 'deny'): Inferred {
  const result: Inferred = { grants: [], problems: [] };
  const { line } = step.source;
  const effect: Pick<Grant, 'effect'> = directive === 'deny' ? { effect: 'Deny' } : {};
  const wrong = (entry: string): void => {
    result.problems.push({
      code: 'SH5004',
      message: `\`${directive}=${entry}\` is not a permission`,
      hints: [
        `write it as \`${directive}=SERVICE:Action@ARN\`, e.g. \`${directive}=s3:GetObject@arn:aws:s3:::my-bucket/*\``,
      ],
      line,
    });
  };
  let actions: string[] = [];
  const grant = (resource: string): void => {
    if (actions.length === 0) return;
    const patterns = [...actions.filter((action) => action.includes('*')).map(() => '*'), resource];
    const reason = `${directive}=${actions.join(',')}${resource === '*' ? '' : `@${resource}`}`;
    result.grants.push({
      ...effect,
      actions,
      resources: [patternPolicy(resource)],
      reason,
      tightness: tightness(patterns),
      line,
    });
    actions = [];
  };
  for (const entry of step.settings[directive] ?? []) {
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
