/** Entry of the executable. What costs time is loaded only where it is needed: `--version` needs nothing. */
import { VERSION } from './version.ts';

const args = process.argv.slice(2);
if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
  process.stdout.write(`${VERSION}\n`);
} else {
  void import('./process.ts').then(({ runProcess }) => runProcess(args));
}
