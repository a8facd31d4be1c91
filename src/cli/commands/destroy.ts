/** `sh2sfn destroy NAME`: removes all that deploy made, and only that. */
import { hushSdk } from '../hush-sdk.ts';
import { type Outcome, type Session, STATUS } from '../session.ts';
import { confirm, reportingFailures, showPlan, summary } from './deploy.ts';

export interface DestroyOptions {
  name: string;
  session: Session;
  yes?: boolean;
  dryRun?: boolean;
  endpointUrl?: string;
  json?: boolean;
}

export async function destroyCommand({ name, session, ...options }: DestroyOptions): Promise<Outcome> {
  const [{ destroy, planDestruction }, { connect }] = await Promise.all([
    import('../../deploy/deploy.ts'),
    import('../../deploy/clients.ts'),
  ]);
  return reportingFailures(session, async () => {
    hushSdk();
    const clients = await connect(options.endpointUrl);
    try {
      const planned = await planDestruction(clients, name);
      const stopped = planned.observed.machine?.running.length ?? 0;
      if (!options.json) {
        showPlan(planned.plan, session);
        if (stopped > 0) session.stderr(`${stopped} running executions are stopped\n`);
      }
      if (!options.dryRun) {
        await confirm(options.yes, 'Delete all of this?');
        await destroy(clients, planned, (change) => {
          if (!options.json) session.stderr(`deleted ${change.kind} ${change.name}\n`);
        });
      }
      const result = { applied: !options.dryRun, stopped, ...summary(planned.plan) };
      if (options.json) session.stdout(`${JSON.stringify(result, null, 2)}\n`);
      return STATUS.ok;
    } finally {
      clients.close();
    }
  });
}
