#!/usr/bin/env bash
# Builds the handbook: pages/*.md to HTML, some at a time, each only where its sources are newer; then index, checks, package.
#
# usage: build.sh [all|clean|check]      environment: JOBS (default 3), EDITION, BOOK, OUT
# status: 0 built, 1 a page could not be built, 2 built, but with links that lead nowhere
set -uo pipefail
IFS=$'\n\t'
cd "$(dirname "$0")" || exit 1
JOBS=${JOBS:-3} OUT=${OUT:-out}
export BOOK=${BOOK:-'The Handbook'} EDITION=${EDITION:-2026}
started=$SECONDS
built=0 skipped=0

title_of() { sed -n '1s/^# *//p' "$1"; }
order_of() { sed -n '2,5s/^order: *//p' "$1"; }

# Paths of the pages in the order of the book.
pages() {
  local page
  for page in pages/*.md; do
    printf '%s\t%s\n' "$(order_of "$page")" "$page"
  done | sort -n | cut -f 2
}

target_of() {
  local name=${1##*/}
  echo "$OUT/${name%.md}.html"
}

# build_pages: up to JOBS at a time; fails if one of them failed.
build_pages() {
  local page target status=0
  local -a running=() names=()
  for page in $(pages); do
    target=$(target_of "$page")
    if [[ $target -nt $page && $target -nt template.html ]]; then
      skipped=$((skipped + 1))
      continue
    fi
    ./render.sh "$page" "$target" 2> "$target.log" &
    running+=($!)
    names+=("$page")
    built=$((built + 1))
    if ((${#running[@]} >= JOBS)); then
      wait "${running[0]}" || status=1
      running=("${running[@]:1}")
    fi
  done
  for page in ${running[@]+"${running[@]}"}; do
    wait "$page" || status=1
  done
  for page in ${names[@]+"${names[@]}"}; do
    target=$(target_of "$page")
    cat "$target.log" >&2
    rm -f "$target.log"
    [[ -f $target ]] && echo "built $target"
  done
  return "$status"
}

index() {
  local page
  {
    printf '<!doctype html>\n<title>%s</title>\n<h1>%s</h1>\n<ol>\n' "$BOOK" "$BOOK"
    while read -r page; do
      printf '<li><a href="%s">%s</a></li>\n' "$(basename "$(target_of "$page")")" "$(title_of "$page")"
    done < <(pages)
    echo '</ol>'
  } > "$OUT/index.html"
}

check() {
  local link file broken=0
  while IFS=: read -r file link; do
    link=${link#*\"} link=${link%\"}
    case $link in
      http*) ;;
      *)
        if [[ ! -f $OUT/$link ]]; then
          echo "${file##*/}: $link leads nowhere"
          ((++broken))
        fi
        ;;
    esac
  done < <(grep -o 'href="[^"]*"' "$OUT"/*.html)
  return $((broken > 0 ? 2 : 0))
}

package() {
  (cd "$OUT" && find . -name '*.html' | sort | xargs cksum) > "$OUT/manifest"
  tar -C "$OUT" --sort=name --mtime='2026-01-01 00:00Z' --owner=0 --group=0 --numeric-owner --mode=a=r -cf - manifest index.html | gzip -n > "$OUT/handbook-$EDITION.tar.gz"
}

case ${1-all} in
  clean) rm -rf "$OUT" ;;
  check) check ;;
  all)
    mkdir -p "$OUT"
    if ! build_pages; then
      echo 'some pages could not be built' >&2
      exit 1
    fi
    index
    package
    echo "$built built, $skipped up to date$( ((SECONDS - started > 60)) && echo ' (slowly)')"
    check
    ;;
  *)
    sed -n '4,5s/^# //p' "$0"
    exit 64
    ;;
esac
