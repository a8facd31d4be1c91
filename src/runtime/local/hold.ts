/** Where a fragment may open descriptors for the commands that follow. */

/** Only where descriptors changed does the process stay: they are compared with its parent's, without a fork. */
export function holdText(hook: string): string {
  // The script's IFS may split a number.
  const place = (pid: string, table: string, name: string): string => `"/proc/$${pid}/${table}/${name}"`;
  const own = place('BASHPID', 'fd', '$__sh2sfn_v');
  const parent = place('PPID', 'fd', '$__sh2sfn_v');
  // A file that was opened again is another description of the same file: its offset and its mode tell.
  const facts = (pid: string, name: string, from: number): string =>
    `builtin mapfile -t -n 2 -O ${from} -u 250 __sh2sfn_n 250<${place(pid, 'fdinfo', name)}`;
  const mode = (index: number): string => `(8#\${__sh2sfn_n[${index}]#flags:?}&~8#2000000)`;
  const changed = (name: string): string => {
    const other = place('PPID', 'fd', name);
    const same = `[[ \${__sh2sfn_n[0]} == "\${__sh2sfn_n[2]}" && $((${mode(1)})) == $((${mode(3)})) ]]`;
    return `{ builtin [ ${own} -ef ${other} ] && { builtin [ ! -f ${own} ] || { ${facts('BASHPID', '$__sh2sfn_v', 0)} && ${facts('PPID', name, 2)} && ${same}; }; }; } || ${hook}`;
  };
  // No redirection may stand around this: it would be the scope's descriptor. The directory being read shows itself.
  return (
    'builtin set +fa; builtin shopt -u failglob; builtin unset -v GLOBIGNORE; ' +
    `for __sh2sfn_v in "/proc/$BASHPID/fd/"*; do __sh2sfn_v=\${__sh2sfn_v##*/}; builtin [ -e ${own} ] || builtin continue; ` +
    `case $__sh2sfn_v in 255) ;; 2) ${changed('251')};; *) ${changed('$__sh2sfn_v')};; esac; done; ` +
    `for __sh2sfn_v in "/proc/$PPID/fd/"*; do __sh2sfn_v=\${__sh2sfn_v##*/}; case $__sh2sfn_v in 250|251|255) ;; *) builtin [ ! -e ${parent} ] || builtin [ -e ${own} ] || ${hook};; esac; done`
  );
}
