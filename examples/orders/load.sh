#!/bin/sh
# load.sh [MONTH]: takes the regions' order files in, checks and prices each line, and loads the result into tables:
# flat files of its own, sorted by key, one a kind, with what was rejected and why.
#
# Written for any POSIX shell: it has run under dash, ksh and busybox.
# status: 0 loaded, 2 wrong usage or inputs missing, 3 loaded, but more than REJECT_LIMIT lines were rejected
set -eu

: "${INPUT:=data}" "${TABLES:=out/tables}" "${REJECT_LIMIT:=5}"
LC_ALL=C
export LC_ALL
month=${1-}
tab=$(printf '\t')
me=${0##*/}

fail() {
  echo "$me: $*" >&2
  exit 2
}

case $month in
  '' | [0-9][0-9][0-9][0-9]-0[1-9] | [0-9][0-9][0-9][0-9]-1[0-2]) ;;
  *) fail "a month is YYYY-MM, not '$month'" ;;
esac
for input in rates.txt products.txt; do
  [ -r "$INPUT/$input" ] || fail "cannot read $INPUT/$input"
done

staging=$TABLES.new
rm -rf "$staging"
mkdir -p "$staging"
trap 'rm -rf "$staging"' 0
trap 'exit 130' 2
trap 'exit 143' 15

# reject REGION LINE REASON
reject() {
  printf '%s\t%s\t%s\n' "$1" "$2" "$3" >> "$staging/rejected"
}

is_number() {
  case $1 in
    '' | *[!0-9]*) return 1 ;;
  esac
}

rate_of() {
  while read -r currency rate; do
    if [ "$currency" = "$1" ]; then
      echo "$rate"
      return 0
    fi
  done < "$INPUT/rates.txt"
  return 1
}

# --- extract: every region's lines, with their region, without the header and the carriage returns of one of them
read_count=0
for file in "$INPUT"/*.csv; do
  region=$(basename "$file" .csv)
  tr -d '\r' < "$file" | sed 1d > "$staging/lines"
  while IFS=, read -r order date sku quantity price currency; do
    read_count=$((read_count + 1))
    case $date in
      [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]) ;;
      *) reject "$region" "$order" "date $date"; continue ;;
    esac
    if [ -n "$month" ] && [ "${date%-*}" != "$month" ]; then
      continue
    fi
    if ! is_number "$quantity"; then
      reject "$region" "$order" "quantity $quantity"
      continue
    fi
    rate=$(rate_of "$currency") || {
      reject "$region" "$order" "currency $currency"
      continue
    }
    grep -q "^$sku|" "$INPUT/products.txt" || { reject "$region" "$order" "product $sku"; continue; }
    printf '%s|%s|%s|%s|%s|%s\n' "$sku" "$order" "$region" "$date" "$quantity" "$price $rate" >> "$staging/checked"
  done < "$staging/lines"
  echo "$me: $region: $(wc -l < "$staging/lines" | tr -d ' ') lines"
done
rm -f "$staging/lines"
[ -s "$staging/checked" ] || fail "nothing to load of $read_count lines"

# --- transform: prices in euro, joined with the products
sort -t '|' -k 1,1 "$staging/checked" |
  join -t '|' - "$INPUT/products.txt" |
  awk -F '|' -v OFS='|' '{ split($6, p, " "); print $2, $3, $4, $1, $7, $8, $5, sprintf("%.2f", $5 * p[1] * p[2]) }' |
  sort -t '|' -k 1,1 > "$staging/orders"
rm "$staging/checked"

# total FIELD NAME: orders, pieces and money by a field
total() {
  awk -F '|' -v field="$1" '
    { key = field == 3 ? substr($3, 1, 7) : $field; orders[key]++; pieces[key] += $7; money[key] += $8 }
    END { for (key in orders) printf "%s|%d|%d|%.2f\n", key, orders[key], pieces[key], money[key] }
  ' "$staging/orders" | sort > "$staging/$2"
}
total 2 by_region
total 3 by_month
total 6 by_kind

# --- load: the tables change places at once, or not at all
rejected=0
if [ -f "$staging/rejected" ]; then
  rejected=$(wc -l < "$staging/rejected")
fi
rm -rf "$TABLES.old"
if [ -d "$TABLES" ]; then mv "$TABLES" "$TABLES.old"; fi
mv "$staging" "$TABLES" && rm -rf "$TABLES.old"

cat << END
orders   $(wc -l < "$TABLES/orders" | tr -d ' ') of $read_count lines${month:+ (only $month)}
rejected $((rejected))
END
for table in by_region by_month by_kind; do
  echo
  echo "$table" | tr '_' ' '
  while IFS='|' read -r key orders pieces money; do
    printf '  %-10s %4d orders %5d pieces %10s EUR\n' "$key" "$orders" "$pieces" "$money"
  done < "$TABLES/$table"
done
if [ "$rejected" -gt 0 ]; then
  echo
  echo rejected
  sed "s/^/  /; s/$tab/ /; s/$tab/: /" "$TABLES/rejected"
fi
[ "$rejected" -le "$REJECT_LIMIT" ] || exit 3
