# shellcheck shell=bash
# Messages: log for what went well, warn, and fatal, which ends the script.
LOG_LEVEL=2
LOG_NAME=${0##*/}

log() {
  if [ "$LOG_LEVEL" -ge 2 ]; then
    printf '%s: %s\n' "$LOG_NAME" "$*"
  fi
}

warn() {
  printf '%s: warning: %s\n' "$LOG_NAME" "$*" >&2
}

fatal() {
  printf '%s: %s\n' "$LOG_NAME" "$*" >&2
  exit 1
}
