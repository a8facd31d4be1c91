/** Scripts of a wanted length, mixed as real ones are: lists, assignments, pipelines, tests, loops, functions, documents. */

/** A stretch of script; `$N` in it stands for a number of its own, so that no two are the same text. */
const STRETCHES = [
  'out="$work/part-$N.txt"\nlimit=$((N * 3 + 1))\n',
  'mkdir -p "$work/$N" && cd "$work/$N" || exit 1\n',
  'cut -d, -f2,3 "$input" | sort | uniq -c | sort -rn >"$out"\n',
  'if [ -s "$out" ]; then\n  echo "part $N: $(wc -l <"$out") lines"\nelse\n  echo "part $N is empty" >&2\nfi\n',
  'for file in "$work"/*.csv; do\n  [ -e "$file" ] || continue\n  gzip -9 <"$file" >"$file.gz" && rm -f "$file"\ndone\n',
  './fetch.sh --part $N "$input" && ./publish.sh "$out"; ./report.sh "$N"\n',
  '# Only what has changed since the last run is sent.\nfind "$work" -newer "$stamp" -name "*.gz" -print >"$work/changed"\n',
  'while read -r name size; do\n  total=$((total + size))\n  printf "%s %d\\n" "$name" "$size"\ndone <"$work/list-$N"\n',
  'case "$mode" in\n  full | all) ./full.sh "$N" ;;\n  part) tar -cf "$out.tar" -C "$work" . ;;\n  *) echo "what is $mode?" >&2; exit 2 ;;\nesac\n',
  'step_$N() {\n  local target=$1\n  ./convert.sh "$target" | tee "$target.log"\n  return 0\n}\nstep_$N "$out"\n',
  'cat >"$work/config-$N" <<END\nname = part-$N\nhome = $HOME\nlimit = ${limit:-10}\nEND\n',
  'aws s3 cp "$out" "s3://nightly-bucket/parts/$N.txt" --only-show-errors\n',
  'grep -c ERROR "$log" || true\nsed -i "s/part-$N/done-$N/" "$work/list-$N"\n',
  'today=$(date +%F)\nbackup="$work/backup-$today-$N.tar.gz"\ntest -f "$backup" || tar -czf "$backup" "$work/$N"\n',
  'export REGION=${REGION:-eu-west-1} PART=$N\nunset tmp_$N\n',
  '( cd "$work" && sha256sum *.gz >SUMS.$N )\n',
  'until ./ready.sh "$N"; do\n  sleep 1\n  tries=$((tries + 1))\n  [ "$tries" -lt 5 ] || break\ndone\n',
  'awk -F, \'$3 > 100 { sum += $3 } END { print sum }\' "$input" | tr -d "\\n" >>"$out"\n\n',
];

const HEAD =
  '#!/bin/bash\nset -u\nwork=${TMPDIR:-/tmp}/nightly input=$1 log=$work/log stamp=$work/stamp mode=${2:-full}\ntries=0 total=0\n';

/** A script of at least so many lines; the same for the same number. */
export function mixedScript(lines: number): string {
  let text = lines > 10 ? HEAD : '';
  let count = lines > 10 ? 4 : 0;
  for (let n = 0; count < lines; n += 1) {
    const stretch = STRETCHES[n % STRETCHES.length]!.replaceAll('$N', String(n)).replaceAll('N * 3', `${n} * 3`);
    text += stretch;
    count += stretch.split('\n').length - 1;
  }
  return text;
}
