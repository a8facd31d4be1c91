#!/usr/bin/env bash
# render.sh PAGE TARGET: a page of the handbook as HTML, in the template. BOOK and EDITION come from the environment.
set -uo pipefail

escape() { sed -e 's/&/\&amp;/g' -e 's/</\&lt;/g' -e 's/>/\&gt;/g'; }

inline() {
  sed -E -e 's/\*\*([^*]+)\*\*/<strong>\1<\/strong>/g' \
    -e 's/\*([^*]+)\*/<em>\1<\/em>/g' \
    -e 's/`([^`]+)`/<code>\1<\/code>/g' \
    -e 's/\[([^]]+)\]\(([^)]+)\)/<a href="\2">\1<\/a>/g'
}

# body PAGE: Markdown, as much of it as the book uses.
body() {
  local line list='' code='' header=1
  while IFS= read -r line || [[ -n $line ]]; do
    if ((header)); then
      [[ -n $line ]] || header=0
      continue
    fi
    if [[ -n $list && $line != '- '* ]]; then
      echo '</ul>'
      list=''
    fi
    if [[ -n $code && $line != '    '* ]]; then
      echo '</pre>'
      code=''
    fi
    case $line in
      '## '*) echo "<h2>${line#'## '}</h2>" ;;
      '- '*)
        [[ -n $list ]] || echo '<ul>'
        list=1
        printf '<li>%s</li>\n' "${line#- }"
        ;;
      '    '*)
        [[ -n $code ]] || echo '<pre>'
        code=1
        printf '%s\n' "${line:4}"
        ;;
      '') ;;
      *) echo "<p>$line</p>" ;;
    esac
  done < <(escape < "$1" | inline)
  [[ -z $list ]] || echo '</ul>'
  [[ -z $code ]] || echo '</pre>'
}

page=$1 target=$2
title=$(sed -n '1s/^# *//p' "$page")
see=$(sed -n '2,5s/^see: *//p' "$page")
if [[ -z $title ]]; then
  echo "$page: no title" >&2
  exit 1
fi
while IFS= read -r line; do
  case $line in
    @BODY@) body "$page" ;;
    *)
      line=${line//@TITLE@/$title}
      line=${line//@BOOK@/$BOOK}
      line=${line//@EDITION@/$EDITION}
      line=${line//@NAV@/<a href=\"$see.html\">$see</a>}
      printf '%s\n' "$line"
      ;;
  esac
done < template.html > "$target.new" && mv "$target.new" "$target"
