# Where the deployment's parts lie: read by install.sh and uninstall.sh. $root is empty, or the root folder of --prefix.
# shellcheck shell=bash disable=SC2034
user=st2
tree=/opt/st2
etc=/etc/st2
data=/var/lib/st2
conf=$etc/st2.conf
options_file=$etc/install.options
units=/etc/systemd/system
tmpfiles=/etc/tmpfiles.d/st2.conf
logrotate=/etc/logrotate.d/st2web
sudoers=/etc/sudoers.d/st2
commands=/usr/local/bin
web_logs=/var/log/st2web
rabbitmq_user=st2

# service:health port:what it runs. Those with "-" tell their health on their own port.
services="
api:-:own
auth:-:own
stream:-:own
rulesengine:9111:own
timersengine:9112:own
sensorcontainer:9113:packs
notifier:9114:own
scheduler:9115:own
workflowengine:9116:own
garbagecollector:9117:own
actionrunner@:912%i:packs
"

unit_files() {
  local line
  for line in $services; do echo "st2${line%%:*}.service"; done
  echo st2web.service
  echo st2.target
}
