./first.sh && ./second.sh; ./always-third.sh
