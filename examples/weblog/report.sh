#!/bin/bash
# report.sh [-a] [-n TOP] [-o DIRECTORY] [LOG]...: what the web server's logs say: totals, pages, errors, visitors, hours.
# -a takes all logs below data/, compressed ones too; else data/access_log, or the logs named. Status 1: too many errors.
#
# Older than most of the servers it has run on; do not modernise it on the server.

PATH=$PATH:/usr/local/bin; export PATH
LC_ALL=C; export LC_ALL
prog=`basename $0`
dir=`dirname $0`
cd $dir || exit 2

top=5
out=out
all=no
while [ $# -gt 0 ]
do
	case "$1" in
	-a)	all=yes
		;;
	-n)	top="$2"
		shift
		;;
	-o)	out="$2"
		shift
		;;
	-*)	echo "usage: $prog [-a] [-n TOP] [-o DIRECTORY] [LOG]..." 1>&2
		exit 2
		;;
	*)	break
		;;
	esac
	shift
done

if [ `expr "x$top" : 'x[1-9][0-9]*$'` -eq 0 ]; then
	echo "$prog: -n wants a number" 1>&2
	exit 2
fi

if [ "$all" = yes ]; then
	logs=`ls data/access_log* | sort`
elif [ $# -gt 0 ]; then
	logs="$*"
else
	logs=data/access_log
fi

[ -d $out ] || mkdir -p $out || exit 2
tmp=$out/$prog.$$
trap 'rm -f $tmp.*; exit 130' 1 2 3 15
trap 'rm -f $tmp.*' 0

# One line a request: address, user, day, hour, method, page, status, bytes. What is no request is counted, and left out.
rm -f $tmp.all
for log in $logs
do
	if [ ! -r "$log" ]; then
		echo "$prog: cannot read $log" 1>&2
		continue
	fi
	case $log in
	*.gz)	cat="gzip -dc"
		;;
	*)	cat=cat
		;;
	esac
	before=0
	[ -f $tmp.all ] && before=`wc -l < $tmp.all`
	$cat $log | sed -n 's/^\([^ ]*\) [^ ]* \([^ ]*\) \[\([^:]*\):\([0-9]*\):[^]]*\] "\([A-Z]*\) \([^ "]*\)[^"]*" \([0-9]*\) \([-0-9]*\).*/\1 \2 \3 \4 \5 \6 \7 \8/p' | sed 's/ -$/ 0/' >> $tmp.all
	after=`wc -l < $tmp.all`
	total=`$cat $log | wc -l`
	echo "$log: `expr $after - $before` of `expr $total + 0` lines"
done
if [ ! -s $tmp.all ]; then
	echo "$prog: no requests" 1>&2
	exit 1
fi

requests=`wc -l < $tmp.all`
bytes=`awk '{ n += $8 } END { print n }' $tmp.all`
visitors=`cut -d ' ' -f 1 $tmp.all | sort -u | wc -l`
first=`head -n 1 $tmp.all | cut -d ' ' -f 3`
errors=`grep -c ' [45][0-9][0-9] [0-9]*$' $tmp.all`
share=`expr $errors '*' 100 / $requests`

# count FIELD [LINES]: how often each value of a field occurs, the commonest first
count() {
	cut -d ' ' -f $1 $tmp.all | sort | uniq -c | sort -k 1,1nr -k 2 > $tmp.count
	head -n ${2-1000} $tmp.count | while read n value
	do
		printf '%7d  %s\n' $n "$value"
	done
}

# bar N MAX: N as a bar, MAX being 8 wide
bar() {
	width=`expr $1 '*' 8 / $2`
	line=
	while [ $width -gt 0 ]
	do
		line="$line#"
		width=`expr $width - 1`
	done
	echo "$line"
}

(
	echo "Requests from $first on"
	echo
	printf '%-10s %9d\n' requests $requests visitors $visitors kilobytes `expr $bytes / 1024` errors $errors
	echo
	echo "Pages (the first $top)"
	count 6 $top
	echo
	echo "Statuses"
	count 7
	echo
	echo "Users"
	count 2 | grep -v -e ' -$' || echo "   none"
	echo
	echo "Not found"
	awk '$7 == 404 { print $6 }' $tmp.all | sort | uniq -c | sort -rn | sed "${top}q"
) > $tmp.report

awk '{ n[int($4 / 6)]++ } END { for (i = 0; i < 4; i++) print n[i] + 0, i * 6 }' $tmp.all > $tmp.hours
max=`sort -rn $tmp.hours | sed -n '1s/^ *\([0-9]*\).*/\1/p'`
exec 3>> $tmp.report
echo >&3
echo "Hours, from" >&3
while read n hour
do
	echo "  `printf %2d $hour` `printf %4d $n` `bar $n $max`" >&3
done < $tmp.hours
exec 3>&-

mv $tmp.report $out/report.txt
cat $out/report.txt
if [ $share -ge 15 ]; then
	echo "$prog: $share % of all requests failed" 1>&2
	exit 1
fi
exit 0
