#!/bin/bash
# Runs only after a first that succeeded.
echo "second"
exit "${SECOND:-0}"
