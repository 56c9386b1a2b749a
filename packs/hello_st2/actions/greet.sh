#!/bin/sh
# greet.sh GREETING
echo "$1, st2!"
