#!/bin/bash
# Takes the reference deployment away again. Configuration, certificate and data stay unless --purge is given.
# shellcheck disable=SC2015 # what follows && only tests, or the script ends anyway
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: uninstall.sh [--purge] [--prefix FOLDER] [--dry-run]

  --purge          remove /etc/st2 and /var/lib/st2 as well (with the encryption key, without which secrets in MongoDB are lost),
                   the users that were made, and st2's user of RabbitMQ
  --prefix FOLDER  what install.sh --prefix wrote
  --dry-run        say what would be done

Debian's packages stay, and so does the database in MongoDB.
TEXT
}

here=$(CDPATH='' cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=deploy/reference/layout.sh
. "$here/layout.sh"

root='' dry=no purge=no changes=0
action_user='' made_action_user=no own_rabbitmq=no debian_nginx_was_ours=no

main() {
  parse "$@"
  [ -n "$root" ] || [ "$dry" = yes ] || [ "$(id -u)" = 0 ] || fail 'only root can uninstall; --dry-run shows what would be done'
  recall_options
  [ -n "$root" ] || stop_services
  remove_commands
  local unit
  for unit in $(unit_files); do remove "$units/$unit"; done
  remove "$units/st2actionrunner@.service.d/sudo.conf"
  [ "$dry" = yes ] || rmdir "$root$units/st2actionrunner@.service.d" 2>/dev/null || true
  for file in "$tmpfiles" "$logrotate" "$sudoers" "$etc/nginx.conf" "$web_logs" "$tree" "$tree.new" "$tree.old"; do remove "$file"; done
  [ -n "$root" ] || run systemctl daemon-reload
  [ "$purge" = no ] || remove_data
  report
}

parse() {
  while [ $# -gt 0 ]; do
    case $1 in
      --purge) purge=yes && shift ;;
      --dry-run) dry=yes && shift ;;
      --help) usage && exit 0 ;;
      --prefix)
        [ $# -ge 2 ] && [ -n "$2" ] || fail '--prefix needs a value'
        root=$(CDPATH='' cd -P "$2" && pwd) || fail "--prefix: $2 is no folder"
        [ "$root" != / ] || fail '--prefix: / is where it goes without --prefix'
        shift 2
        ;;
      *) fail "unknown option $1" ;;
    esac
  done
}

recall_options() {
  local name value
  [ -f "$root$options_file" ] || return 0
  while IFS='=' read -r name value; do
    case $name in
      action_user) action_user=$value ;;
      made_action_user) made_action_user=$value ;;
      own_rabbitmq) own_rabbitmq=$value ;;
      debian_nginx_was_ours) debian_nginx_was_ours=$value ;;
    esac
  done <"$root$options_file"
}

stop_services() {
  [ -f "$units/st2.target" ] || return 0
  did 'stop st2.target'
  # Stopping the target stops what is part of it, as many action runners as there are.
  run systemctl disable -q st2.target
  run systemctl stop st2.target 'st2actionrunner@*.service'
}

remove_commands() {
  local link
  for link in "$root$commands"/st2*; do
    case $(readlink "$link" || true) in "$tree"/bin/*) remove "${link#"$root"}" ;; esac
  done
}

remove_data() {
  remove "$etc"
  remove "$data"
  [ -z "$root" ] || return 0
  if [ "$own_rabbitmq" = yes ] && command -v rabbitmqctl >/dev/null && rabbitmqctl -q --no-table-headers list_users 2>/dev/null | cut -f 1 | grep -qx "$rabbitmq_user"; then
    did "remove user $rabbitmq_user of RabbitMQ"
    run rabbitmqctl -q delete_user "$rabbitmq_user"
  fi
  remove_user "$user"
  [ "$made_action_user" = no ] || remove_user "$action_user"
}

remove_user() {
  getent passwd "$1" >/dev/null || return 0
  did "remove user $1"
  run userdel "$1"
}

report() {
  if [ "$changes" = 0 ]; then say 'Nothing to remove.'; else say 'Done.'; fi
  [ "$purge" = yes ] || [ ! -d "$root$data" ] || say "$etc and $data are kept; --purge removes them."
  [ "$debian_nginx_was_ours" = no ] || say "Debian's nginx.service is still disabled."
}

remove() {
  [ -e "$root$1" ] || [ -L "$root$1" ] || return 0
  did "remove $1"
  [ "$dry" = yes ] || rm -rf "${root:?}$1"
}

run() {
  [ "$dry" = yes ] || "$@" || fail "failed: $*"
}

did() {
  changes=$((changes + 1))
  if [ "$dry" = yes ]; then say "would $1"; else say "$1"; fi
}

say() {
  printf '%s\n' "$1"
}

fail() {
  printf 'uninstall.sh: %s\n' "$1" >&2
  exit 1
}

main "$@"
