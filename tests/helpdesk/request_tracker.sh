#!/usr/bin/env bash
# Puts a real Request Tracker 5 on this machine, from Debian: SQLite, REST2, a user for Drafter with the rights that docs/helpdesks.md
# names, the scrips of docs/, and mail into files of FOLDER/mail. Needs root; a few minutes the first time.
# Usage: request_tracker.sh FOLDER WEBHOOK_URL PORT (tests/helpdesk/real_request_tracker.py starts it on that port)
set -euo pipefail
folder=$1 hook=$2 port=$3
here=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "$folder/mail"
export DEBIAN_FRONTEND=noninteractive

if ! dpkg -s rt5-standalone >/dev/null 2>&1; then
    printf 'request-tracker5 request-tracker5/%s\n' 'rtname string desk.example' 'organization string desk.example' \
        "webbaseurl string http://127.0.0.1:$port" 'webpath string' 'initial-root-password password helpdeskpass' \
        'initial-root-password-again password helpdeskpass' 'handle-siteconfig-permissions boolean true' \
        'install-cronjobs boolean false' 'dbconfig-install boolean true' 'database-type select sqlite3' | debconf-set-selections
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends request-tracker5 rt5-db-sqlite rt5-standalone >"$folder/install.log" 2>&1
fi

cat >"$folder/sendmail" <<S
#!/bin/sh
exec cat >"\$(mktemp '$folder/mail/XXXXXXXX')"
S
chmod +x "$folder/sendmail"
cat >/etc/request-tracker5/RT_SiteConfig.d/90-drafter-test.pm <<P
Set(\$WebDomain, '127.0.0.1'); Set(\$WebPort, $port); Set(\$WebPath, '');
Set(\$WebBaseURL, 'http://127.0.0.1:$port'); Set(\$WebURL, 'http://127.0.0.1:$port/');
Set(\$MailCommand, 'sendmailpipe'); Set(\$SendmailPath, '$folder/sendmail');
Set(\$WebSecureCookies, 0); Set(\$LogToSyslog, undef); Set(\$LogToSTDERR, 'warning');
1;
P

added=/var/lib/request-tracker5/drafter-added # beside the database that holds it
if [ ! -e "$added" ]; then
    sed -e "s|WEBHOOK_URL|$hook|" -e 's|WEBHOOK_SECRET|ZGVza3NlY3JldGRlc2tzZWNyZXQxMjM0|' "$here/docs/request_tracker_scrip.pl" >"$folder/scrip.pl"
    rt-setup-database-5 --action insert --skip-create --datafile "$folder/scrip.pl" </dev/null
    rt-setup-database-5 --action insert --skip-create --datafile "$here/tests/helpdesk/request_tracker_user.pl" </dev/null
    touch "$added"
fi
