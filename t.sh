x=3
echo ${x y}
echo "next $?"
