/**
 * Commands of Lambda's nodejs24.x image (Amazon Linux 2023, minimal): bash, coreutils, grep, sed, gawk and curl.
 * What is not listed is taken to be missing; layers bring more.
 */
const words = (text: string): string[] => text.trim().split(/\s+/);

const BUILTINS = words(`
  . : [ [[ (( alias bg bind break builtin caller cd command compgen complete compopt continue declare dirs disown echo
  enable eval exec exit export false fc fg getopts hash help history jobs kill let local logout mapfile popd printf
  pushd pwd read readarray readonly return select set shift shopt source suspend test time times trap true type typeset ulimit
  umask unalias unset wait`);

const COREUTILS = words(`
  arch b2sum base32 base64 basename basenc cat chcon chgrp chmod chown chroot cksum comm cp csplit cut date dd df dir
  dircolors dirname du env expand expr factor fmt fold groups head hostid id install join link ln logname ls md5sum
  mkdir mkfifo mknod mktemp mv nice nl nohup nproc numfmt od paste pathchk pinky pr printenv ptx readlink realpath rm
  rmdir runcon sha1sum sha224sum sha256sum sha384sum sha512sum shred shuf sleep sort split stat stdbuf stty sum sync
  tac tail tee timeout touch tr truncate tsort tty uname unexpand uniq unlink users vdir wc who whoami yes`);

const OTHERS = words('bash sh grep egrep fgrep sed awk gawk curl getconf getent iconv ldd locale node');

export const IMAGE_COMMANDS: ReadonlySet<string> = new Set([...BUILTINS, ...COREUTILS, ...OTHERS]);
