# shellcheck shell=sh
# Strings without programs.

# trim TEXT: without white space around it
trim() {
  trim_text=$1
  while :; do
    case $trim_text in
      ' '*) trim_text=${trim_text# } ;;
      *' ') trim_text=${trim_text% } ;;
      *) break ;;
    esac
  done
  printf '%s\n' "$trim_text"
}

# repeat TEXT N
repeat() {
  repeat_text='' repeat_n=$2
  while [ "$repeat_n" -gt 0 ]; do
    repeat_text=$repeat_text$1
    repeat_n=$((repeat_n - 1))
  done
  printf '%s\n' "$repeat_text"
}

# join SEPARATOR WORD...
join() {
  join_separator=$1 join_text=''
  shift
  for join_word; do
    join_text=${join_text:+$join_text$join_separator}$join_word
  done
  printf '%s\n' "$join_text"
}
