#!/bin/sh
# npm start: prepares what is missing, then becomes the server, so that signals reach it and no launcher stays in memory.
root=$(CDPATH='' cd -P "$(dirname "$0")/.." && pwd) || exit 1
node "$root/scripts/prepare.mjs" || exit 1

# Actions inherit the server's environment: what npm added to it is taken out.
for name in $(env | sed -n 's/^\(npm_[A-Za-z0-9_]*\)=.*/\1/p'); do
  if [ "$name" = npm_config_editor ] && [ "$EDITOR" = "$npm_config_editor" ]; then unset EDITOR; fi
  unset "$name"
done
unset INIT_CWD NODE COLOR
path=
IFS=:
for entry in $PATH; do
  case $entry in
    */node_modules/.bin | */node-gyp-bin) ;;
    *) path=${path:+$path:}$entry ;;
  esac
done
unset IFS
PATH=$path
# When npm is gone, however it ended, the server stops.
ST2_LAUNCHER_PID=$PPID
export PATH ST2_LAUNCHER_PID
exec "$root/node_modules/node/bin/node" "$root/apps/server/dist/main.mjs" "$@"
