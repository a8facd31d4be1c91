/** Which aliases leave the commands behind them a step each. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileScript } from '../../src/compile.ts';
import { SourceFile } from '../../src/source/source-file.ts';

function tied(text: string): number {
  const script = `shopt -s expand_aliases\n${text}\n`;
  const { value } = compileScript(new SourceFile('t.sh', script), { granularity: 'command' });
  assert.ok(value);
  return value.bundle.manifest.statistics.reasons.alias ?? 0;
}

describe('aliases', () => {
  for (const text of [
    "alias ll='ls -l'\nll\ndate",
    'alias a=b b=\'echo "$x" \'\na | b',
    "alias d=date\ntrap 'rm -f x' EXIT\nset -e\nd",
    "alias say='echo said'\nfor i in 1 2; do say $i; done\nunalias say\nsay",
  ])
    it(`words only: ${JSON.stringify(text)}`, () => assert.equal(tied(text), 0));
  for (const [why, text] of [
    ['a list', "alias two='date; date'\ntwo"],
    ['a keyword', 'alias t=time\nt date'],
    ['a quote that is open', `alias q='echo "'\nq`],
    ['a substitution', "alias now='echo $(date)'\nnow"],
    ['a builtin', 'alias leave=exit\nleave'],
    ['a builtin, through another', 'alias leave=go go=exit\nleave'],
    ['an assignment', "alias with='a=1 '\nwith date"],
    ['a value that only run time knows', 'alias d=$x\nd'],
    ['used on the line that defines it', 'alias d=date; d'],
    ['in a function', 'alias d=date\nf() { d; }\nf'],
    ['the name of a function', 'd() { :; }\nalias d=date\nd'],
    ['set in a condition', 'if a; then alias d=date; fi\nd'],
    ['text that is executed', 'alias d=date\neval "$x"\nd'],
    ['defined by another builtin', "command alias x='echo; echo'\nx"],
    ['turned off in a function', 'f() { shopt -u expand_aliases; }\nalias d=date\nf; d'],
    ['changed by a trap', "alias d=date\ntrap 'unalias d' USR1\nd"],
    ['aws, whose permissions are read off its words', "alias s3='aws s3'\ns3 ls"],
  ])
    it(`more than words: ${why}`, () => assert.notEqual(tied(text!), 0));
});
