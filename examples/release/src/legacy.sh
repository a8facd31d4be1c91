upper() { printf '%s\n' "$1" | tr a-z A-Z; } 
