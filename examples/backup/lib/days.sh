# shellcheck shell=bash
# Days of the Gregorian calendar, without date(1).

# day_number YYYY-MM-DD: days since 0000-03-01
day_number() {
  local year month day
  IFS=- read -r year month day <<< "$1"
  year=$((10#$year)) month=$((10#$month)) day=$((10#$day))
  if ((month <= 2)); then
    year=$((year - 1))
    month=$((month + 12))
  fi
  echo $((365 * year + year / 4 - year / 100 + year / 400 + (153 * (month - 3) + 2) / 5 + day - 1))
}

# weekday YYYY-MM-DD: 1 is Monday, 7 is Sunday
weekday() {
  echo $((($(day_number "$1") + 2) % 7 + 1))
}

# days_between A B
days_between() {
  local from to
  from=$(day_number "$1")
  to=$(day_number "$2")
  echo $((to - from))
}
