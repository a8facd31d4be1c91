/** Words of random scripts: quoting, expansions, arithmetic. */
import type { Chance } from './chance.ts';
import type { Place, Topic } from './place.ts';

/** What a writer of words needs of the writer of the script. */
export interface Context {
  chance: Chance;
  has: (topic: Topic) => boolean;
  /** A delimiter that no other here-document has. */
  delimiter: () => string;
  /** A list of commands on lines of their own, for `$( )`. */
  list: (place: Place, max: number) => string;
}

const PLAIN = '0 1 2 7 x yz foo.bar a=b --';
const VARIABLES = 'a b c k';

export function variable({ chance }: Context): string {
  return chance.word(VARIABLES);
}

export function plain({ chance }: Context): string {
  return chance.word(PLAIN);
}

/** An expansion of `name` in braces, with one of the operators. */
function parameter(context: Context, name: string): string {
  const { chance } = context;
  const operator = chance.pick([
    '',
    '-d',
    ':-d e',
    '+s',
    ':+s t',
    ':=w',
    '=v',
    '#?',
    '%?',
    '##*o',
    '%%.*',
    '/o/0',
    '//[a-m]/_',
    '/#x/y',
    '^^',
    '^',
    ',,',
    ':1',
    ':1:1',
    ': -1',
    '@Q',
  ]);
  if (/^:?[-+]/.test(operator) && chance.maybe(0.2))
    return `\${${name}${operator.slice(0, 2).trim()}$(echo "in $${name}")}`;
  return `\${${name}${operator}}`;
}

function arithmetic(context: Context): string {
  const { chance } = context;
  // Other variables hold text: an error, or the value of another variable.
  const name = chance.maybe(0.85) ? chance.word('k j') : chance.word('a b c');
  return chance.pick([
    `${name}+1`,
    `${name}*2`,
    `${name}++`,
    `++${name}`,
    `${name}=5`,
    `${name}-=1`,
    `${name}==1`,
    `${name}%3`,
    `${name}<2?7:${name}`,
    '1<<2',
    `(${name}+2)*3`,
  ]);
}

/** A word without quotes round it: it splits, and globs. */
function bare(context: Context, place: Place): string {
  const { chance } = context;
  const name = variable(context);
  return chance.among<string>([
    [6, () => plain(context)],
    [4, () => `$${name}`],
    [1, () => `\${${name}}t`],
    [1, () => `${plain(context)}$${name}"${plain(context)} "`],
    [1, () => chance.pick(['{1,2}', '{a..c}', 'x{,y}', '\\*', "$'t\\tn'", '~+', '$#', '$-z', '\\$a'])],
    [place.parallel ? 0 : 0.5, () => chance.pick(['f?', '*.sh', '[fg]*', 'nofile*'])],
    [context.has('parameters') ? 2 : 0, () => parameter(context, name)],
    [context.has('parameters') ? 0.5 : 0, () => `\${#${name}}`],
    [1.5, () => `$((${arithmetic(context)}))`],
    [context.has('substitution') && place.depth > 0 ? 1.2 : 0, () => substitution(context, place)],
    [context.has('positional') ? 1 : 0, () => chance.pick(['$*', '$@', '$1', '${2-none}', '${@:2}'])],
    [
      context.has('arrays') ? 1 : 0,
      () => chance.pick(['${arr[@]}', '${#arr[@]}', '${arr[1]}', '${!arr[@]}', '${arr[k]}']),
    ],
    [0.6, () => '$?'],
  ]);
}

/** What may stand between double quotes. */
function inQuotes(context: Context, place: Place): string {
  const { chance } = context;
  const name = variable(context);
  return chance.among<string>([
    [4, () => `$${name}`],
    [2, () => chance.pick(["it's", ' ', 'p  q', '*', '\\"', '\\$x', '`echo bt`', '{% \\$x %}', '<&>'])],
    [context.has('parameters') ? 2 : 0, () => parameter(context, name)],
    [
      context.has('parameters') ? 0.5 : 0,
      () => chance.pick(['${!name}', '${#a}', '${name:-$b}', '${a:-${b:-$c}}', '${unset_1-$((k++))}']),
    ],
    [1, () => `$((${arithmetic(context)}))`],
    [context.has('substitution') && place.depth > 0 ? 1.5 : 0, () => substitution(context, place)],
    [context.has('positional') ? 1.5 : 0, () => chance.pick(['$*', '$#', '${1-none}', '${*:1:2}', '${@: -1}'])],
    [
      context.has('arrays') ? 1 : 0,
      () => chance.pick(['${arr[*]}', '${#arr[@]}', '${arr[1]-}', '${arr[@]:1:2}', '${arr[*]/o/0}', '${!arr[*]}']),
    ],
    [context.has('maps') ? 1 : 0, () => chance.pick(['${map[x]}', '${#map[@]}', '${map[$a]-none}', '${map[x y]}'])],
    [context.has('pipestatus') ? 0.7 : 0, () => '${PIPESTATUS[*]}'],
    [context.has('lastArgument') ? 1 : 0, () => '$_'],
    [context.has('lines') ? 1 : 0, () => '$LINENO'],
    [context.has('errors') ? 0.2 : 0, () => `\${unset_2?gone}`],
    [0.7, () => '$?'],
  ]);
}

/** `$( )` round some commands, on one line or several. */
export function substitution(context: Context, place: Place): string {
  const inner: Place = { ...place, depth: place.depth - 1, loops: 0, forked: true };
  const body = context.list(inner, 2);
  return context.chance.maybe(0.6) && !body.includes('\n') ? `$(${body})` : `$(\n${body}\n)`;
}

/** A word of any kind. */
export function word(context: Context, place: Place): string {
  const { chance } = context;
  return chance.among<string>([
    [6, () => bare(context, place)],
    [5, () => quoted(context, place)],
    [0.5, () => chance.pick(["'p  q'", "'*'", '""', "'$a'", '\'a\'"b"c'])],
    [context.has('positional') ? 1 : 0, () => '"$@"'],
    [context.has('arrays') ? 0.7 : 0, () => chance.pick(['"${arr[@]}"', '"x${arr[@]}y"'])],
  ]);
}

/** A word in double quotes: always one argument. */
export function quoted(context: Context, place: Place): string {
  return `"${context.chance.several(1, 2, () => inQuotes(context, place)).join('')}"`;
}

export function words(context: Context, place: Place, low: number, high: number): string {
  return context.chance.several(low, high, () => word(context, place)).join(' ');
}

/** A word that assignments take as one value. */
export function value(context: Context, place: Place): string {
  return context.chance.among<string>([
    [4, () => quoted(context, place)],
    [3, () => bare(context, place)],
    [2, () => plain(context)],
  ]);
}

/** A condition: `[`, `[[`, `(( ))`. */
export function condition(context: Context, place: Place): string {
  const { chance } = context;
  const name = variable(context);
  return chance.among<string>([
    [3, () => `[ ${quoted(context, place)} ${chance.word('= != = \\<')} ${plain(context)} ]`],
    [1, () => `[ -${chance.word('n z')} "$${name}" ]`],
    [1, () => `[ "$${chance.word('k j #')}" -${chance.word('lt ge eq')} ${chance.word('1 2 3')} ]`],
    [place.parallel ? 0 : 0.7, () => `[ -${chance.word('e s f d')} ${chance.word('f1 f2 d')} ]`],
    [2, () => `[[ $${name} ${chance.pick(['== *o*', '=~ ^[0-9]+$', '= "$b"', '< m', '!= x'])} ]]`],
    [1, () => `[[ -${chance.word('v n z')} ${name} && ${chance.pick(['$k -lt 3', '-n $a', '! -v zz'])} ]]`],
    [2, () => `((${arithmetic(context)}))`],
    [0.3, () => `test "$${name}"`],
  ]);
}

export { arithmetic };
