#!/bin/bash
# Succeeds, unless FIRST says otherwise.
echo "first"
exit "${FIRST:-0}"
