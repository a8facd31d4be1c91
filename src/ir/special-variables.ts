/** Variables to which bash itself gives values. */
import { literalValue, type SyntaxNode } from '../parse/ast.ts';

/** Variables that bash itself makes read-only. */
export const READ_ONLY_VARIABLES: ReadonlySet<string> = new Set(
  'UID EUID PPID BASHOPTS SHELLOPTS BASH_VERSINFO'.split(' '),
);

/** Variables to which bash gives values, until they are unset: then they are like others, in that shell. */
export const SPECIAL_VARIABLES = new Set(
  (
    'BASH BASHPID BASH_ALIASES BASH_ARGC BASH_ARGV BASH_ARGV0 BASH_CMDS BASH_COMMAND BASH_LINENO BASH_MONOSECONDS ' +
    'BASH_SOURCE BASH_SUBSHELL COMP_WORDBREAKS DIRSTACK EPOCHREALTIME EPOCHSECONDS FUNCNAME GROUPS ' +
    'HISTCMD LINENO RANDOM SECONDS SRANDOM'
  ).split(' '),
);

/** Those that keep what they are given, where a step's shell starts with bash's own value; loops over them are stranger. */
const KEPT = 'BASH|BASH_SUBSHELL|COMP_WORDBREAKS';
const ELEMENTS = 'BASH_ARGV0|BASH_COMMAND|HISTCMD|LINENO';
/** Variables that bash computes, which it gives to programs only where the script exports them. */
const COMPUTED = 'LINENO|SECONDS|EPOCHSECONDS|EPOCHREALTIME|BASH_COMMAND|HISTCMD|SRANDOM';
/** Given a value and exported at once, it is a variable like others; a value that it gets later is not seen in the environment. */
export const EXPORTED =
  /^[ \t]*COMP_WORDBREAKS=([\w@:,./-]*|'[^'\n]*')[ \t]*(\n[ \t]*)+export[ \t]+COMP_WORDBREAKS[ \t]*$/gm;
/** Matches where a script may assign to a variable of bash's own in a way that the state cannot carry. */
export const ASSIGNS_SPECIAL = new RegExp(
  [
    `(?<![\\w$!{/.-])(${KEPT})(\\[[^\\]\\n]*\\])?[ \\t]*([-+*/%&|^]|<<|>>)?=(?!=)`,
    `\\b(export|readonly|declare|typeset|local|read|mapfile|readarray|printf[ \\t]+-v)\\b[^\\n;&|]*[ \\t](${KEPT})(?![\\w=.-])`,
    '\\b(export|readonly|declare|typeset|local)\\b[^\\n;&|]*[ \\t]BASH_ARGV0(?![\\w.-])',
    `\\b(export|readonly|(declare|typeset|local)[ \\t]+-\\w*[rx]\\w*)\\b[^\\n;&|]*[ \\t](${COMPUTED}|DIRSTACK|GROUPS)(?![\\w.-])`,
    // As an array it is no longer computed.
    `(?<![\\w$!{/.-])(${COMPUTED})(\\[[^\\]\\n]*\\]\\+?=|\\+?=\\()`,
    // What is read-only, getopts cannot move.
    '\\b(readonly|(declare|typeset|local)[ \\t]+-\\w*r\\w*)\\b[^\\n;&|]*[ \\t]OPTIND(?![\\w.-])',
    // Read-only they are.
    '\\b(export|(declare|typeset|local)[ \\t]+-\\w*x\\w*)\\b[^\\n;&|]*[ \\t]E?UID(?![\\w.-])',
    // What else the directory is to be than its name.
    '\\b(declare|typeset|local)[ \\t]+-\\w*[aAcilnu]\\w*\\b[^\\n;&|]*[ \\t](OLD)?PWD(?![\\w.-])',
    `(?<![\\w$!{])(${KEPT})(\\+\\+|--)`,
    `(?<![\\w$!{])(${ELEMENTS})\\[[^\\]\\n]*\\]\\+?=`,
    `\\bfor[ \\t]+(${[...SPECIAL_VARIABLES].join('|')})\\b`,
    '(?<![\\w$!{])FUNCNAME[ \\t]*([-+*/%&|^]|<<|>>)?=(?!=)',
    '\\bdeclare[ \\t]+-\\w*i\\w*[ \\t]+SECONDS=',
    // POSIX mode ends with it.
    '\\b(local|declare|typeset)[ \\t][^\\n;&|]*\\bPOSIXLY_CORRECT\\b',
    // What it holds by its own name, which `alias` does not change.
    '(?<![\\w$!{])BASH_ALIASES\\+=',
    // What is no number is one only once SECONDS has been read.
    `(?<![\\w$!{])SECONDS=(?!["']?(?:\\$|-?\\d*["']?(?:[\\s;&|)]|$)))`,
  ].join('|'),
);

/** Matches where a script may seed RANDOM otherwise than by an assignment that stands alone, or by a word that names it. */
export const SEEDS = new RegExp(
  [
    '\\b(printf[ \\t]+-v|read|mapfile|readarray|declare|typeset|local|export|readonly|getopts|let)\\b[^\\n;&|]*[ \\t"\']RANDOM\\b',
    '(?<![\\w$!{])RANDOM[ \\t]*(([-+*/%&|^]|<<|>>)=|\\+\\+|--)',
    '(\\+\\+|--)RANDOM\\b',
    // In arithmetic, which subscripts, offsets and the values of variables are, too.
    '(\\(\\([^)\\n]*|[([,?:=][ \\t]*["\']?)\\bRANDOM[ \\t]*=(?!=)',
    '\\$\\{RANDOM:?=',
  ].join('|'),
);

/** A word that is the name: what assigns to the variable of that name may be given it. */
export const namesRandom = (node: SyntaxNode): boolean => node.type === 'Word' && literalValue(node) === 'RANDOM';
