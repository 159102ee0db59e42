#!/usr/bin/env bash
# The whole main job against a running `npm start`, from sign-up to a verified pack. Usage: docs/guides/worked-walk.sh FILE [ADDRESS]
set -euo pipefail
file=$1 address=${2:-http://localhost:3000}
here=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
export XDG_CONFIG_HOME=$work
roster() { node "$here/apps/cli/dist/main.js" "$@"; }
say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
field() { node -e 'let t="";process.stdin.on("data",d=>t+=d).on("end",()=>{const v=eval("("+t+")"+process.argv[1]);console.log(typeof v==="string"?v:JSON.stringify(v))})' "$1"; }
# Speaks as one person: call ada POST /path '{json}'
call() { local who=$1 method=$2 path=$3 body=${4:-}; curl -gfsS -X "$method" "$address/api/v1$path" -b "$work/$who" -c "$work/$who" -H 'sec-fetch-site: same-origin' -H 'if-match: *' \
  ${body:+-H 'content-type: application/json' -d "$body"}; }
now() { date -u +%Y-%m-%dT%H:%M:%SZ -d "${1:-now}"; }
stamp=$(date +%s)
ada=ada-$stamp@example.test grace=grace-$stamp@example.test secret='correct horse battery staple'

say "1. Sign up, and sign in on the command line"
call ada POST /sign-up "{\"organization\":{\"name\":\"Walk $stamp\",\"timeZone\":\"Europe/Berlin\"},\"user\":{\"name\":\"Ada\",\"email\":\"$ada\",\"password\":\"$secret\"}}" >/dev/null
printf '%s\n' "$secret" | roster login "$address" --email "$ada" --password-stdin

say "2. Import the inventory: look first, then write; writing twice changes nothing"
roster --json import "$file" --dry-run | field '.result'
roster --json import "$file" | field '.result'
roster --json import "$file" | field '.result'

say "3. Register one workload"
me=$(call ada GET /me | field '.member.id')
call ada POST /workloads "{\"name\":\"Support bot\",\"key\":\"SUPPORT-BOT\",\"kind\":\"agent\",\"purpose\":\"Answers customers\",\"team\":\"Support\",\"riskOwner\":\"$me\",\"processesRealData\":\"yes\",\"handlesPii\":\"no\",\"executesTools\":\"no\",\"riskTier\":\"low\",\"riskTierRationale\":\"Reads public help pages only\"}" >/dev/null
roster classify SUPPORT-BOT
roster gate SUPPORT-BOT || echo "(exit code $?)"

say "4. Owners accept"
token=$(call ada POST /invitations "{\"email\":\"$grace\",\"role\":\"risk_owner\"}" | field '.token')
her=$(call grace POST "/invitations/$token/accept" "{\"name\":\"Grace\",\"password\":\"$secret\"}" | field '.member.id')
call ada PUT /workloads/SUPPORT-BOT/owners/on_call "{\"memberId\":\"$her\"}" >/dev/null
call grace POST /workloads/SUPPORT-BOT/owners/on_call/accept | field '.status'
call ada POST /workloads/SUPPORT-BOT/owners/risk_owner/accept | field '.status'

say "5. Evidence: Ada submits, Grace accepts"
printf '# Controls\n\nEvery control of the low tier, tested.\n' > "$work/controls.md"
criteria=$(call ada GET /workloads/SUPPORT-BOT/coverage | field '.domains.map(d=>"--criterion "+d.criteria[0].id).join(" ")')
# shellcheck disable=SC2086
item=$(roster --json evidence add "$work/controls.md" --kind document --title 'Control report' --workload SUPPORT-BOT $criteria | field '.id')
call grace POST "/evidence/$item/versions/1/decision" '{"decision":"accept","comment":"Checked"}' >/dev/null
call ada GET /workloads/SUPPORT-BOT/coverage | field '.required'

say "6. A kill-switch drill of 240 seconds: the stage becomes Production, a review is scheduled"
call ada POST /workloads/SUPPORT-BOT/drills "{\"kind\":\"kill_switch\",\"startedAt\":\"$(now '-10 minutes')\",\"endedAt\":\"$(now '-6 minutes')\",\"result\":\"passed\",\"method\":\"Feature flag off\"}" >/dev/null
roster classify SUPPORT-BOT
roster gate SUPPORT-BOT
call ada GET '/reviews?filter[workload]=SUPPORT-BOT' | field '.items.map(r=>r.status+" "+r.dueAt)'

say "7. An out-of-cycle review falls due in three seconds; the worker makes it due and notifies; Ada completes it"
review=$(call ada POST /reviews "{\"workload\":\"SUPPORT-BOT\",\"reason\":\"First look after launch\",\"dueAt\":\"$(now '+3 seconds')\"}" | field '.id')
for _ in $(seq 60); do [ "$(call ada GET "/reviews/$review" | field '.status')" = due ] && break; sleep 1; done
call ada GET /notifications | field '.items.map(n=>n.title)'
call ada POST "/reviews/$review/start" >/dev/null
answers=$(call ada GET "/reviews/$review" | field '.template.questions.map(q=>JSON.stringify({questionId:q.id,answer:"yes"})).join(",")')
call ada POST "/reviews/$review/submit" "{\"answers\":[$answers],\"changes\":[\"The help pages grew\"],\"outcome\":\"continue\",\"concentrationReviewed\":true}" | field '.status'

say "8. Build a pack and verify it offline"
roster pack build --workload SUPPORT-BOT --out "$work/pack.zip"
roster pack verify "$work/pack.zip"
( cd "$work" && unzip -q pack.zip -d bag && cd bag/*/ && sha256sum --quiet -c manifest-sha256.txt && echo "sha256sum agrees" )
