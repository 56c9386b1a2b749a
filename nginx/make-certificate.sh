#!/bin/sh
# Makes a self-signed certificate for a year: make-certificate.sh FOLDER [HOST ...]. Does nothing when there is one that still holds.
set -eu

folder=${1:?usage: make-certificate.sh FOLDER [HOST ...]}
shift
[ $# -gt 0 ] || set -- "$(hostname -f 2>/dev/null || hostname)" localhost 127.0.0.1

certificate=$folder/st2.crt
key=$folder/st2.key
if [ -f "$certificate" ] && openssl x509 -in "$certificate" -noout -checkend 2592000 >/dev/null; then
  echo "$certificate holds for at least another month"
  exit 0
fi

names=
for host in "$@"; do
  case $host in
    *[!0-9.]*) kind=DNS ;;
    *) kind=IP ;;
  esac
  names=$names${names:+,}$kind:$host
done

mkdir -p "$folder"
umask 077
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 365 -subj "/CN=$1" -addext "subjectAltName=$names" \
  -addext "extendedKeyUsage=serverAuth" -keyout "$key.new" -out "$certificate.new" 2>/dev/null
mv "$key.new" "$key"
mv "$certificate.new" "$certificate"
chmod 644 "$certificate"
echo "made $certificate for $*"
