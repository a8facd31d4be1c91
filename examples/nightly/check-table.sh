#!/bin/bash
# check-table.sh TABLE FIELDS: counts the rows, and fails where one has fewer fields.
set -u
rows=0 broken=0
while IFS= read -r row; do
  [[ $row == '#'* ]] && continue
  tabs=${row//[!$'\t']/}
  rows=$((rows + 1))
  ((${#tabs} + 1 >= $2)) || broken=$((broken + 1))
done < "$1"
echo "$1: $rows rows, $broken broken"
((broken == 0))
