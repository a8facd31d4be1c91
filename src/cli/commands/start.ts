/** `sh2sfn start NAME [ARG…]`: starts a deployed machine, follows it and ends with the script's status. */

import { bytesOf, bytesOfWords } from '../bytes.ts';
import { hushSdk } from '../hush-sdk.ts';
import { type Outcome, report, type Session, STATUS } from '../session.ts';
import { refuseInput } from '../standard-input.ts';
import { reportingFailures } from './deploy.ts';

export interface StartOptions {
  name: string;
  args: string[];
  session: Session;
  /** Prints the execution's ARN and does not wait. */
  detach?: boolean;
  endpointUrl?: string;
  json?: boolean;
}

export async function startCommand({ name, args, session, ...options }: StartOptions): Promise<Outcome> {
  const [{ findDeployed, follow, startExecution }, { connect }, { initialInput }] = await Promise.all([
    import('../../deploy/start.ts'),
    import('../../deploy/clients.ts'),
    import('../../deploy/input.ts'),
  ]);
  refuseInput();
  return reportingFailures(session, async () => {
    hushSdk();
    const clients = await connect(options.endpointUrl);
    try {
      const machine = await findDeployed(clients, name);
      const execution = await startExecution(
        clients,
        machine,
        initialInput(bytesOf(machine.script ?? name), bytesOfWords(args, session)),
      );
      if (options.detach) {
        session.stdout(options.json ? `${JSON.stringify({ execution })}\n` : `${execution}\n`);
        return STATUS.ok;
      }
      const { status, diagnostics } = await follow(clients, execution, {
        print: ({ fd, bytes }) => (fd === 1 ? session.stdout : session.stderr)(Buffer.from(bytes, 'base64')),
      });
      report(session, diagnostics);
      return status;
    } finally {
      clients.close();
    }
  });
}
