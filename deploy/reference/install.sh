#!/bin/bash
# Sets up the reference deployment on one Debian machine, or brings it up to date. May be run again at any time.
# shellcheck disable=SC2015 # what follows && only tests, or the script ends anyway
set -euo pipefail
umask 022

usage() {
  cat <<'TEXT'
Usage: install.sh --mongodb-uri URI [options]

  --mongodb-uri URI      mongodb://… of a replica set; @FILE reads it from a file. Needed the first time.
  --rabbitmq-uri URI     a broker of your own; else Debian's rabbitmq-server is installed
  --redis-uri URI        a Redis of your own; else Debian's redis-server is installed
  --server-name HOST     name in the certificate and in links (default: this machine's)
  --http-port N          default 80
  --https-port N         default 443
  --action-runners N     processes that run actions, 1 to 9 (default 2)
  --action-user NAME     run actions as this user, through sudo; made when missing (default: as st2)
  --tree FOLDER          install this folder, made by deploy/ship.mjs, instead of building the repository
  --prefix FOLDER        write everything below this folder; no packages, users or services
  --dry-run              say what would be done
  --help

Options are remembered in /etc/st2/install.options; /etc/st2/st2.conf is written once and then yours.
ST2_ADMIN_PASSWORD in the environment is the first password of st2admin; else one is made and shown once.
TEXT
}

here=$(CDPATH='' cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(dirname "$(dirname "$here")")
files=$here/files
# shellcheck source=deploy/reference/layout.sh
. "$here/layout.sh"

mongodb_uri='' rabbitmq_uri='' redis_uri='' built_tree='' root='' dry=no
server_name='' http_port='' https_port='' action_runners='' action_user=''
made_action_user=no debian_nginx_was_ours=no
changes=0 admin_password=''
tree_changed=no front_changed=no units_changed=no
scratch=''

main() {
  parse "$@"
  recall_options
  check_options
  check_machine
  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"; [ -z "$scratch_tree" ] || rm -rf "$scratch_tree"' EXIT
  if [ -z "$root" ]; then
    install_packages
    make_users
    prepare_rabbitmq
  fi
  install_tree
  make_folders
  write_configuration
  write_front
  write_units
  link_commands
  if [ -z "$root" ]; then start_services; fi
  report
}

scratch_tree=''

parse() {
  while [ $# -gt 0 ]; do
    case $1 in
      --mongodb-uri | --rabbitmq-uri | --redis-uri | --server-name | --http-port | --https-port | --action-runners | --action-user | --tree | --prefix)
        [ $# -ge 2 ] && [ -n "$2" ] || wrong "$1 needs a value"
        case $1 in
          --mongodb-uri) mongodb_uri=$2 ;;
          --rabbitmq-uri) rabbitmq_uri=$2 ;;
          --redis-uri) redis_uri=$2 ;;
          --server-name) server_name=$2 ;;
          --http-port) http_port=$2 ;;
          --https-port) https_port=$2 ;;
          --action-runners) action_runners=$2 ;;
          --action-user) action_user=$2 ;;
          --tree) built_tree=$2 ;;
          --prefix) root=$2 ;;
        esac
        shift 2
        ;;
      --dry-run) dry=yes && shift ;;
      --help) usage && exit 0 ;;
      *) wrong "unknown option $1" ;;
    esac
  done
  case $mongodb_uri in @*) mongodb_uri=$(cat "${mongodb_uri#@}") || fail "--mongodb-uri: ${mongodb_uri#@} cannot be read" ;; esac
  if [ -n "$root" ]; then
    [ "$dry" = yes ] || mkdir -p "$root" || fail "--prefix: $root cannot be made"
    root=$(realpath -m "$root")
    [ "$root" != / ] || fail '--prefix: / is where it goes without --prefix'
  fi
}

# What the command line leaves open is as it was the last time.
recall_options() {
  local name value
  if [ -f "$root$options_file" ]; then
    while IFS='=' read -r name value; do
      case $name in
        server_name) server_name=${server_name:-$value} ;;
        http_port) http_port=${http_port:-$value} ;;
        https_port) https_port=${https_port:-$value} ;;
        action_runners) action_runners=${action_runners:-$value} ;;
        action_user) action_user=${action_user:-$value} ;;
        made_action_user) made_action_user=$value ;;
        debian_nginx_was_ours) debian_nginx_was_ours=$value ;;
        own_rabbitmq) own_rabbitmq=$value ;;
        own_redis) own_redis=$value ;;
      esac
    done <"$root$options_file"
  fi
  server_name=${server_name:-$(hostname -f 2>/dev/null || hostname)}
  http_port=${http_port:-80} https_port=${https_port:-443} action_runners=${action_runners:-2}
  [ -z "$rabbitmq_uri" ] || own_rabbitmq=no
  [ -z "$redis_uri" ] || own_redis=no
}

# Whether the broker and Redis are those of this machine.
own_rabbitmq=yes own_redis=yes

check_options() {
  [[ $server_name =~ ^[A-Za-z0-9.-]+$ ]] || wrong "--server-name: \"$server_name\" is no host name"
  [[ $action_runners =~ ^[1-9]$ ]] || wrong "--action-runners must be a number from 1 to 9, not \"$action_runners\""
  [[ -z $action_user || $action_user =~ ^[a-z_][a-z0-9_-]{0,31}$ ]] || wrong "--action-user: \"$action_user\" is no user name"
  [[ $action_user != root && $action_user != "$user" ]] || wrong "--action-user must be neither root nor $user"
  check_port --http-port "$http_port"
  check_port --https-port "$https_port"
  [ "$http_port" != "$https_port" ] || wrong '--http-port and --https-port must differ'
  check_uri --mongodb-uri "$mongodb_uri" 'mongodb(\+srv)?' mongodb
  check_uri --rabbitmq-uri "$rabbitmq_uri" 'amqps?' amqp
  check_uri --redis-uri "$redis_uri" 'rediss?' redis
  if [ -n "$built_tree" ] && [ ! -f "$built_tree/apps/server/dist/main.mjs" ]; then
    fail "--tree: $built_tree holds no apps/server/dist/main.mjs; make it with: node deploy/ship.mjs FOLDER"
  fi
  [ -n "$mongodb_uri" ] || [ -f "$root$conf" ] || fail "--mongodb-uri is needed: MongoDB's server is not in Debian.
  Install it as https://www.mongodb.com/docs/manual/tutorial/install-mongodb-on-debian/ says, set replication.replSetName in
  /etc/mongod.conf, start it, run rs.initiate() once in mongosh, and give --mongodb-uri 'mongodb://127.0.0.1/?replicaSet=NAME';
  or name a server that you have elsewhere."
}

check_port() {
  [[ $2 =~ ^[1-9][0-9]{0,4}$ ]] && [ "$2" -le 65535 ] || wrong "$1 must be a number from 1 to 65535, not \"$2\""
}

# The value is never shown: it may hold a password.
check_uri() {
  [ -z "$2" ] || [[ $2 =~ ^$3://[^[:space:]\'\"]+$ ]] || wrong "$1 must begin with $4:// and hold neither blanks nor quotes"
}

check_machine() {
  [ -z "$root" ] || return 0
  [ "$dry" = yes ] || [ "$(id -u)" = 0 ] || fail 'only root can install; --dry-run shows what would be done, --prefix FOLDER installs elsewhere'
  command -v apt-get >/dev/null || fail 'this machine has no apt-get: the script is for Debian 12; --prefix FOLDER writes the files for another system'
  [ "$dry" = yes ] || [ -d /run/systemd/system ] || fail 'systemd does not run here; --prefix FOLDER only writes the files'
  # An nginx of somebody else's would hold the ports.
  if [ ! -f "$units/st2web.service" ] && [ "$http_port" = 80 ] && command -v systemctl >/dev/null && systemctl -q is-active nginx.service; then
    fail 'nginx.service runs here already and holds port 80: give --http-port and --https-port, or stop it with: systemctl disable --now nginx.service'
  fi
}

install_packages() {
  local wanted=(nginx openssl python3 python3-venv) missing=() package
  [ "$own_rabbitmq" = no ] || wanted+=(rabbitmq-server)
  [ "$own_redis" = no ] || wanted+=(redis-server)
  [ -z "$action_user" ] || wanted+=(sudo)
  for package in "${wanted[@]}"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  did "install Debian packages ${missing[*]}"
  run apt-get update -q
  run env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
  case " ${missing[*]} " in
    *' nginx '*)
      # It was not here before: Debian starts a site of its own on port 80, which is ours to stop.
      debian_nginx_was_ours=yes
      run systemctl disable --now nginx.service
      ;;
  esac
}

make_users() {
  if ! getent passwd "$user" >/dev/null; then
    did "make user $user"
    run useradd --system --user-group --home-dir "$data" --no-create-home --shell /usr/sbin/nologin "$user"
  fi
  if [ -n "$action_user" ] && ! getent passwd "$action_user" >/dev/null; then
    did "make user $action_user"
    run useradd --system --user-group --create-home --shell /bin/bash "$action_user"
    made_action_user=yes
  fi
}

# A user of the broker's for st2: only while st2.conf, which holds its password, is not written yet.
prepare_rabbitmq() {
  [ "$own_rabbitmq" = yes ] && [ ! -f "$conf" ] || return 0
  did "make user $rabbitmq_user of RabbitMQ"
  if [ "$dry" = yes ]; then return; fi
  local password
  password=$(openssl rand -hex 16)
  systemctl start rabbitmq-server.service
  rabbitmqctl -q await_startup
  # From standard input: arguments can be seen by others.
  if rabbitmqctl -q --no-table-headers list_users | cut -f 1 | grep -qx "$rabbitmq_user"; then
    rabbitmqctl -q change_password "$rabbitmq_user" <<<"$password" >/dev/null
  else
    rabbitmqctl -q add_user "$rabbitmq_user" <<<"$password" >/dev/null
  fi
  rabbitmqctl -q set_permissions -p / "$rabbitmq_user" '.*' '.*' '.*'
  rabbitmq_uri=amqp://$rabbitmq_user:$password@127.0.0.1:5672/
}

install_tree() {
  if [ "$dry" = yes ]; then
    [ -n "$built_tree" ] || say "would build the repository and compare it with $tree"
    [ -z "$built_tree" ] || diff -rq "$built_tree" "$root$tree" >/dev/null 2>&1 || did "install $tree"
    return
  fi
  mkdir -p "$root${tree%/*}"
  scratch_tree=$root$tree.new
  rm -rf "$scratch_tree"
  if [ -n "$built_tree" ]; then
    cp -r "$built_tree" "$scratch_tree"
    chmod -R u+rwX,go+rX,go-w "$scratch_tree"
  else
    build_tree "$scratch_tree"
  fi
  if ! diff -rq "$scratch_tree" "$root$tree" >/dev/null 2>&1; then
    did "install $tree"
    rm -rf "$root$tree.old"
    [ ! -e "$root$tree" ] || mv "$root$tree" "$root$tree.old"
    mv "$scratch_tree" "$root$tree"
    rm -rf "$root$tree.old"
    tree_changed=yes
  fi
  rm -rf "$scratch_tree"
  scratch_tree=''
}

build_tree() {
  local node
  node=$(command -v node || echo "$repository/node_modules/node/bin/node")
  [ -x "$node" ] || fail "Node 20 or newer and npm are needed to build (Debian 12 has an older one: see https://nodejs.org/en/download);
  or build on another machine with: node scripts/prepare.mjs && node deploy/ship.mjs FOLDER, and give --tree FOLDER"
  "$node" "$repository/scripts/prepare.mjs" >"$scratch/build.log" 2>&1 || { cat "$scratch/build.log" >&2 && fail 'the repository could not be built'; }
  "$node" "$repository/deploy/ship.mjs" "$1" || fail 'the built tree could not be put together'
}

make_folders() {
  put "$tmpfiles" 0644 <"$files/tmpfiles.conf"
  put "$logrotate" 0644 <"$files/logrotate.conf"
  local kind path mode owner group _
  while read -r kind path mode owner group _; do
    [ "$kind" = d ] || continue
    [ ! -d "$root$path" ] || continue
    did "make $path"
    [ "$dry" = yes ] || { mkdir -p "$root$path" && chmod "$mode" "$root$path" && own "$root$path" "$owner:$group"; }
  done <"$files/tmpfiles.conf"
}

write_configuration() {
  local text webui_url=https://$server_name
  [ "$https_port" = 443 ] || webui_url=$webui_url:$https_port
  if [ -f "$root$conf" ]; then
    tell_unused --mongodb-uri "$mongodb_uri"
    tell_unused --rabbitmq-uri "$rabbitmq_uri"
    tell_unused --redis-uri "$redis_uri"
    if [ -n "$action_user" ] && ! grep -qE "^user *[=:] *$action_user *$" "$root$conf"; then
      say "note: $conf is kept as it is; for --action-user write there: [system_user] user = $action_user"
    fi
  else
    text=$(cat "$files/st2.conf.template")
    text=${text//'{{mongodb_uri}}'/"$(escaped "$mongodb_uri")"}
    text=${text//'{{rabbitmq_uri}}'/"$(escaped "${rabbitmq_uri:-amqp://guest:guest@127.0.0.1:5672/}")"}
    text=${text//'{{redis_uri}}'/"$(escaped "${redis_uri:-redis://127.0.0.1:6379}")"}
    text=${text//'{{webui_url}}'/"$webui_url"}
    text=${text//'{{system_user}}'/"${action_user:+
[system_user]
user = $action_user}"}
    put "$conf" 0640 "root:$user" <<<"$text"
  fi
  write_options
  write_password
  write_encryption_key
}

# A dollar sign begins a reference in st2.conf.
escaped() {
  printf '%s' "${1//'$'/'$$'}"
}

tell_unused() {
  [ -z "$2" ] || grep -qF -- "$(escaped "$2")" "$root$conf" || say "note: $conf is kept as it is; $1 was not written into it"
}

write_options() {
  put "$options_file" 0644 <<TEXT
server_name=$server_name
http_port=$http_port
https_port=$https_port
action_runners=$action_runners
action_user=$action_user
made_action_user=$made_action_user
debian_nginx_was_ours=$debian_nginx_was_ours
own_rabbitmq=$own_rabbitmq
own_redis=$own_redis
TEXT
}

write_password() {
  [ ! -e "$root$data/htpasswd" ] || return 0
  local hash=''
  if [ "$dry" = no ]; then
    admin_password=${ST2_ADMIN_PASSWORD:-$(openssl rand -hex 12)}
    hash=$(openssl passwd -6 -stdin <<<"$admin_password")
    [ -z "${ST2_ADMIN_PASSWORD:-}" ] || admin_password=''
  fi
  put "$data/htpasswd" 0600 "$user:$user" <<<"st2admin:$hash"
}

# Made here: services that start at the same time would each make one.
write_encryption_key() {
  local file=$data/keys/datastore_key.json
  [ ! -e "$root$file" ] || return 0
  put "$file" 0600 "$user:$user" <<<"{\"hmacKey\":{\"hmacKeyString\":\"$(random_key)\",\"size\":256},\"size\":256,\"aesKeyString\":\"$(random_key)\",\"mode\":\"CBC\"}"
}

random_key() {
  openssl rand -base64 32 | tr '+/' '-_' | tr -d '=\n'
}

write_front() {
  if [ ! -e "$root$etc/tls/st2.crt" ]; then
    did "make a self-signed certificate for $server_name"
    if [ "$dry" = no ]; then
      sh "$repository/nginx/make-certificate.sh" "$root$etc/tls" "$server_name" localhost 127.0.0.1 >/dev/null || fail 'the certificate could not be made'
      chmod 0755 "$root$etc/tls"
      chmod 0640 "$root$etc/tls/st2.key"
      own "$root$etc/tls/st2.key" root:www-data
    fi
  fi
  if [ "$dry" = yes ] && [ ! -x "$root$tree/node/bin/node" ]; then
    did "write $etc/nginx.conf"
    return
  fi
  local text settings
  settings="{\"daemon\": false, \"runFolder\": \"/run/st2web\", \"logFolder\": \"$web_logs\", \"webuiFolder\": \"$tree/apps/webui/dist\",
    \"certificate\": \"$etc/tls/st2.crt\", \"certificateKey\": \"$etc/tls/st2.key\", \"api\": [\"127.0.0.1:9101\"], \"auth\": [\"127.0.0.1:9100\"],
    \"stream\": [\"127.0.0.1:9102\"], \"httpListen\": \"$http_port\", \"httpsListen\": \"$https_port\", \"httpsPort\": $https_port}"
  text=$("$(tree_node)" "$root$tree/nginx/render-conf.mjs" <<<"$settings") || fail 'the nginx configuration could not be rendered'
  # The renderer names its own folder, which lies below --prefix for now.
  put "$etc/nginx.conf" 0644 <<<"${text//"$root$tree/"/"$tree/"}"
  front_changed=$put_changed
}

# A tree without Node of its own runs on the machine's.
tree_node() {
  if [ -x "$root$tree/node/bin/node" ]; then echo "$root$tree/node/bin/node"; else command -v node || fail "no Node: $tree has none and the machine has none"; fi
}

write_units() {
  local line service health kind wants='' number
  for line in $services; do
    IFS=: read -r service health kind <<<"$line"
    put_unit "st2$service.service" <<<"$(render_unit "$service" "$health" "$kind")"
    [ "$service" = actionrunner@ ] || wants="$wants st2$service.service"
  done
  for number in $(seq "$action_runners"); do wants="$wants st2actionrunner@$number.service"; done
  put_unit st2web.service <"$files/st2web.service"
  put_unit st2.target <<TEXT
# Written by deploy/reference/install.sh: all services of st2.
[Unit]
Description=st2
Wants=${wants# } st2web.service

[Install]
WantedBy=multi-user.target
TEXT
  if [ -n "$action_user" ]; then
    put_unit st2actionrunner@.service.d/sudo.conf <"$files/actionrunner-sudo.conf"
    put "$sudoers" 0440 <<<"$user ALL=($action_user) NOPASSWD: SETENV: ALL"
  fi
}

render_unit() {
  local name=${1%@} text
  text=$(cat "$files/service.template")
  text=${text//'{{unit}}'/"st2$1.service"}
  text=${text//'{{service}}'/"$name"}
  # Content is registered by the API.
  if [ "$name" = api ]; then text=${text//'{{after_api}}'/}; else text=${text//'{{after_api}}'/ st2api.service}; fi
  if [ "$2" = - ]; then text=${text//'{{health}}'/}; else text=${text//'{{health}}'/ --host 127.0.0.1 --port $2}; fi
  printf '%s\n' "${text//'{{hardening}}'/"$(cat "$files/hardening-$3")"}"
}

put_unit() {
  put "$units/$1" 0644
  [ "$put_changed" = no ] || units_changed=yes
}

link_commands() {
  local file name
  for file in "$root$tree"/bin/*; do
    [ -e "$file" ] || continue
    name=${file##*/}
    [ "$(readlink "$root$commands/$name" || true)" != "$tree/bin/$name" ] || continue
    if [ -e "$root$commands/$name" ]; then
      say "note: $commands/$name is somebody else's and is kept"
      continue
    fi
    did "link $commands/$name"
    [ "$dry" = yes ] || { mkdir -p "$root$commands" && ln -sfn "$tree/bin/$name" "$root$commands/$name"; }
  done
}

start_services() {
  [ "$units_changed" = no ] || run systemctl daemon-reload
  if ! systemctl -q is-enabled st2.target 2>/dev/null; then
    did 'enable st2.target'
    run systemctl enable -q st2.target
  fi
  if ! systemctl -q is-active st2.target; then
    did 'start st2.target'
    run systemctl start st2.target
  elif [ "$tree_changed$units_changed" != nono ]; then
    did 'restart st2.target'
    run systemctl restart st2.target
  elif [ "$front_changed" = yes ]; then
    did 'reload st2web.service'
    run systemctl reload st2web.service
  fi
}

report() {
  if [ "$changes" = 0 ]; then
    say 'Nothing to change.'
  elif [ "$dry" = yes ]; then
    say "$changes changes would be made."
  else
    say "$changes changes made."
  fi
  [ -z "$admin_password" ] || say "
  First login:  user      st2admin
                password  $admin_password
  This password is shown once; only its hash is kept."
}

# put FILE MODE [OWNER:GROUP]: standard input becomes the file, unless it holds that already.
put() {
  local file=$root$1 new=$scratch/put
  cat >"$new"
  put_changed=no
  if [ -f "$file" ] && cmp -s "$new" "$file" && [ "$(stat -c %a "$file")" = "${2#0}" ]; then return 0; fi
  did "write $1"
  put_changed=yes
  [ "$dry" = no ] || return 0
  mkdir -p "${file%/*}"
  # Beside it and then renamed: nobody sees half a file, and its rights are right from the start.
  install -m "$2" "$new" "$file.new"
  own "$file.new" "${3:-root:root}"
  mv "$file.new" "$file"
}

put_changed=no

own() {
  [ -n "$root" ] || chown "$2" "$1"
}

run() {
  [ "$dry" = no ] || return 0
  "$@" >"$scratch/log" 2>&1 || { cat "$scratch/log" >&2 && fail "failed: $*"; }
}

did() {
  changes=$((changes + 1))
  if [ "$dry" = yes ]; then say "would $1"; else say "$1"; fi
}

say() {
  printf '%s\n' "$1"
}

wrong() {
  printf 'install.sh: %s\nTry --help.\n' "$1" >&2
  exit 2
}

fail() {
  printf 'install.sh: %s\n' "$1" >&2
  exit 1
}

main "$@"
