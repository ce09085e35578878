#!/usr/bin/env bash
# Checks everything in this folder with the Bicep compiler: no diagnostics of any level, the formatter's form, and both sets of
# parameters expanded into the resources that Azure would be asked for. Needs no sign-in.
#   BICEP=path/to/bicep infra/check.sh      (default: bicep on the path)
set -euo pipefail
cd "$(dirname "$0")"
bicep=${BICEP:-bicep}
failed=0

complain() {
  echo "$1" >&2
  failed=1
}

"$bicep" --version
diagnostics=$("$bicep" lint main.bicep 2>&1) || true
[ -z "$diagnostics" ] || complain "$diagnostics"

for file in *.bicep *.bicepparam modules/*.bicep; do
  "$bicep" format "$file" --stdout | cmp --silent - "$file" || complain "$file: run bicep format on it"
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r . "$work"
for case in "dev public" "prod public" "prod private"; do
  read -r stage network <<< "$case"
  diagnostics=$(SEGUE_NETWORK=$network SEGUE_ALERT_EMAIL=ops@example.com SEGUE_OPERATOR_ID=00000000-0000-0000-0000-000000000001 \
    SEGUE_SIGN_IN_CLIENT_ID=00000000-0000-0000-0000-000000000004 SEGUE_SIGN_IN_GROUP=00000000-0000-0000-0000-000000000005 \
    "$bicep" snapshot "$work/$stage.bicepparam" --mode overwrite --location westeurope \
    --subscription-id 00000000-0000-0000-0000-000000000002 --tenant-id 00000000-0000-0000-0000-000000000003 2>&1) || failed=1
  [ -z "$diagnostics" ] || complain "$case: $diagnostics"
  echo "$case: $(grep -c '"apiVersion"' "$work/$stage.snapshot.json") resources"
done

exit "$failed"
