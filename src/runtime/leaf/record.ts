/** Text that records the shell's state. */
import { constants } from 'node:os';
import { BODY_MARK, MARK } from '../section.ts';
import { ENDING, GROUP, handles, type ShellState } from '../state.ts';
import type { LeafPlace } from './place.ts';

/** A command of ours, which no trace shows. */
export const hidden = (command: string): string => `{ ${command}; } 2>/dev/null`;

/** All of PIPESTATUS in one word, whatever IFS is: with some values of that, bash takes elements apart (`"${a[@]}"`). */
const PIPE_STATUS = '"${PIPESTATUS[*]@Q}"';

/** Whether a file has been recorded; `$?` and `$_` become `$_`, for {@link DISCARD}. */
export const recorded = (file: string): string => hidden(`builtin test -s ${file} -o -z "$?:$_"`);

/** The line was given up, with this status and last argument. */
export const DISCARD = 'discard:"$_"';

/** What follows is traced as ever; the descriptor is closed. */
export const TRACED = 'builtin unset -v BASH_XTRACEFD;';

/** What a trap begins with that notes a signal. */
export const NOTING = '__sh2sfn_v= builtin printf ';

/** Has the shell note the signals that have handlers and come while it records: what these print would be in the record. */
export const notesText = (state: ShellState, prefix: string): string =>
  GROUP.filter((name) => handles(name, state))
    .map((name) => `builtin trap '${NOTING}${name} >|${prefix}.s' ${name}; `)
    .join('');

/**
 * Records the moment: status, `$_`, PIPESTATUS, flags, the variable that goes with POSIX mode; then what only the innermost
 * function sees. It stands so many lines `behind` what it is about.
 */
export function headText(place: LeafPlace, control: string, inFrame: boolean, extra = '', behind = 0): string {
  const line = behind > 0 ? `$((LINENO-${behind}))` : '$LINENO';
  const fields = [control, '"$?"', '"$_"', '"$-"', `"${line}"`, '"$0"', PIPE_STATUS, '"${FUNCNAME+x}"'];
  // What a handler prints is the script's, as long as nothing is redirected.
  const first = place.notesFirst ? `__sh2sfn_h=(${fields.slice(1).join(' ')}); ${place.notes}` : '';
  const kept = fields.slice(1).map((_, at) => `"\${__sh2sfn_h[${at}]}"`);
  const said = first ? [control.replace('"$_"', kept[1]!), ...kept] : fields;
  const notes = first ? 'builtin unset -v __sh2sfn_h; ' : inFrame ? '' : (place.notes ?? '');
  const frame = inFrame
    ? `builtin printf '${MARK}'; builtin printf '%s\\0' "$#" "$@"; builtin printf '${MARK}'; builtin local -p;`
    : '';
  const text = `{ builtin printf '%s\\0' ${said.join(' ')}; builtin printf '${MARK}'; builtin set +o; builtin declare -p POSIXLY_CORRECT || builtin :; builtin set +eux +o posix; builtin printf '${MARK}'; builtin trap -p; builtin trap - EXIT ERR RETURN; ${notes}${frame}${extra} } 2>/dev/null >|${place.prefix}.h`;
  return first ? `{ ${first}${text}; }` : text;
}

/**
 * Where the name of the working directory does not lead there: where it is now, or that it is no more. The builtin would say
 * where the name leads.
 */
const WORKING_DIRECTORY = `builtin [ . -ef "\${DIRSTACK[0]-.}" ] || (builtin command -p env pwd -P) || builtin printf gone;`;

/** Records what a program can change in the shell that runs it: that much instead of everything. */
export function programText(place: LeafPlace, control: string): string {
  const fields = `${control} "$?" "$_" "$-" "$LINENO" "\${LINES-}" "\${COLUMNS-}" ${PIPE_STATUS}`;
  return (
    `{ builtin printf '%s\\0' ${fields}; builtin set +eux +o posix; builtin printf '${MARK}'; ` +
    `${WORKING_DIRECTORY} builtin printf '${MARK}'; builtin hash -l; } 2>/dev/null >|${place.prefix}.h`
  );
}

/**
 * Prints each function by itself: a body may hold lines that look like another function. Then the line and the file that bash
 * knows each by. Variables are recorded by then.
 */
function functionsDump(place: LeafPlace): string {
  const each = (command: string): string =>
    `for ((__sh2sfn_v = 0; __sh2sfn_v < \${#__sh2sfn_n[@]}; __sh2sfn_v++)); do ${command}; done`;
  const name = '"${__sh2sfn_n[__sh2sfn_v]##* }"';
  return (
    `builtin declare -F >|${place.prefix}.n; builtin mapfile -t __sh2sfn_n <${place.prefix}.n; ` +
    `${each(`builtin declare -f -- ${name}; builtin printf '${BODY_MARK}'`)};` +
    (place.foreign ? `( builtin shopt -s extdebug; ${each(`builtin declare -F -- ${name}`)} );` : '') +
    'builtin unset -v __sh2sfn_n __sh2sfn_v;'
  );
}

/**
 * Records the options and traps that a function has been left with. Functions that are replayed around it have no RETURN trap:
 * it runs where each is left in its turn.
 */
export const leftText = (place: LeafPlace): string =>
  `{ builtin printf '%s${MARK}' "$-"; builtin set +o; builtin printf '${MARK}'; builtin trap -p; builtin trap - RETURN; } >|${place.prefix}.r;`;

/**
 * Records what a shell that has had an EXIT trap catches, and what a subshell of it does, where signals have no traps. XCPU,
 * which bash catches with EXIT's first trap, and hardly a script has one for, tells whether there is anything to record.
 */
const caughtText = (place: LeafPlace): string => {
  const read = 'builtin mapfile -t __sh2sfn_n </proc/self/status';
  const print = `builtin printf '%s\\n' "\${__sh2sfn_n[@]}"`;
  return (
    `${read}; for __sh2sfn_v in "\${__sh2sfn_n[@]}"; do ` +
    `if [[ $__sh2sfn_v == SigCgt:* ]] && ((16#\${__sh2sfn_v:8} >> ${constants.signals.SIGXCPU - 1} & 1)); then ` +
    `{ ${print}; ( builtin trap - ${ENDING.join(' ')}; ${read}; ${print} ) } >|${place.prefix}.d; fi; done; ` +
    'builtin unset -v __sh2sfn_n __sh2sfn_v;'
  );
};

/** Records what is left once the functions have been left: globals and all that the shell keeps for itself. */
export function globalsText(place: LeafPlace, control: string, depth: number, functions: boolean): string {
  const sep = `builtin printf '${MARK}';`;
  const args = depth > 0 ? '' : `builtin printf '%s\\0' "$#" "$@";`;
  const traced = place.untraced ? TRACED : '';
  // Where a line is given up, nothing else tells of the innermost function.
  const kept = depth === 1 || (depth > 1 && control === DISCARD) ? leftText(place) : '';
  return (
    `{ builtin printf '%s\\0' ${control} "$?" "\${EPOCHSECONDS-}" "\${SECONDS-}" "\${EPOCHSECONDS-}"; ${traced}builtin pwd; ${kept}${depth > 0 ? (place.notes ?? '') : ''}builtin set +eux +o posix; ${sep}${args}${sep}builtin shopt -p;${sep}builtin alias -p;${sep}builtin complete -p;${sep}` +
    `builtin umask;${WORKING_DIRECTORY}${sep}builtin ulimit -Sa;builtin ulimit -Ha;${sep}__sh2sfn_v=1; while builtin dirs -l "+$__sh2sfn_v"; do builtin printf '\\0'; ((__sh2sfn_v++)); done;${sep}builtin hash -l;${sep}builtin declare -p;${sep}` +
    `${place.learnsCaught ? caughtText(place) : ''}${functions ? `builtin declare -F;${sep}${functionsDump(place)}` : sep}${sep}builtin trap - EXIT ERR; } 2>/dev/null >|${place.prefix}.t`
  );
}

/** A descriptor that is open as long as the redirections around the fragment are. */
export const UNWINDING = 249;

/** The redirection that opens it. To bash, any input says that the command was given one, for its background commands too. @param fed it was */
export const unwindingRedirection = (fed: boolean): string => `${UNWINDING}${fed ? '<' : '>'}/dev/null`;

/**
 * Records how many options of its word getopts has answered. It keeps the place as an offset, whatever the words are: in
 * a subshell, the next options of a word that counts its own characters tell it. No script has a word of 4,000 options.
 */
export function optionsText(place: LeafPlace): string {
  return (
    `( LC_ALL=C; builtin set -B; __sh2sfn_n=($((\${OPTIND:-1})) '' ''); builtin printf -v '__sh2sfn_n[1]' x%03d {0..999}; builtin set --; ` +
    `while (($# < __sh2sfn_n[0])); do builtin set -- "$@" "-\${__sh2sfn_n[1]}"; done; ` +
    `while ((\${#__sh2sfn_n[2]} < 7)) && builtin getopts : __sh2sfn_v "$@"; do __sh2sfn_n[2]+=$OPTARG; done; ` +
    // With 0, the next one begins anew.
    `if ((__sh2sfn_n[0] > 0)) && [[ \${__sh2sfn_n[2]} =~ ^([0-9]*)x([0-9]{3}) ]]; ` +
    `then builtin printf %s $((4 * 10#\${BASH_REMATCH[2]} - \${#BASH_REMATCH[1]})); else builtin printf 0; fi >|${place.prefix}.o );`
  );
}
