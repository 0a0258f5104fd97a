#!/bin/sh
# Makes one proposal for each adopted course that its source has news of. The workflow files run it every week:
#
#     sh .kompetanse/propose-updates.sh github    (or gitlab, forgejo; branches only pushes)
#
# Each proposal is a branch of its own, kompetanse/update/COURSE. A branch that somebody has worked on is left alone.
set -eu

platform=$${1:?name the platform: github, gitlab, forgejo or branches}
base=$$(git rev-parse HEAD)
main=$${CI_DEFAULT_BRANCH:-$$(git rev-parse --abbrev-ref HEAD)}
work=$$(mktemp -d)
trap 'rm -rf "$$work"' EXIT
failed=0

git config user.name >/dev/null || git config user.name "kompetanse"
git config user.email >/dev/null || git config user.email "kompetanse@localhost"

# Whether the branch is there, and holds more than the one commit of an earlier run.
is_worked_on() {
  git fetch --quiet origin "+refs/heads/$$1:refs/remotes/origin/$$1" 2>/dev/null || return 1
  [ "$$(git rev-list --count "$$base..refs/remotes/origin/$$1")" -gt 1 ]
}

# Whether the branch is there, and says the same as ours: the same course from the same version of the source.
stands_already() {
  git rev-parse --quiet --verify "refs/remotes/origin/$$1" >/dev/null || return 1
  [ "$$(git log -1 --format=%B "refs/remotes/origin/$$1")" = "$$(git log -1 --format=%B "refs/heads/$$1")" ]
}

propose() {
  title=$$(git log -1 --format=%s "refs/heads/$$1")
  git log -1 --format=%b "refs/heads/$$1" >"$$work/text"
  case $$platform in
  github)
    git push --quiet --force origin "refs/heads/$$1"
    [ -n "$$(gh pr list --head "$$1" --state open --json number --jq '.[].number')" ] ||
      gh pr create --head "$$1" --base "$$main" --title "$$title" --body-file "$$work/text"
    ;;
  gitlab) # the token stays in the environment: it is no part of a command, an address or a log
    git -c credential.helper='!f() { echo username=oauth2; echo "password=$$KOMPETANSE_TOKEN"; }; f' \
      push --quiet --force -o merge_request.create -o "merge_request.target=$$main" \
      -o "merge_request.title=$$title" -o merge_request.remove_source_branch \
      "$$CI_SERVER_URL/$$CI_PROJECT_PATH.git" "refs/heads/$$1"
    ;;
  forgejo)
    git push --quiet --force origin "refs/heads/$$1"
    python3 -c 'import json, sys; print(json.dumps(dict(zip(("head", "base", "title", "body"), sys.argv[1:]))))' \
      "$$1" "$$main" "$$title" "$$(cat "$$work/text")" >"$$work/request"
    printf 'header = "Authorization: token %s"\n' "$$GITHUB_TOKEN" >"$$work/curl"
    status=$$(curl --silent --show-error --output "$$work/answer" --write-out '%{http_code}' --config "$$work/curl" \
      --header 'Content-Type: application/json' --data "@$$work/request" \
      "$$GITHUB_SERVER_URL/api/v1/repos/$$GITHUB_REPOSITORY/pulls")
    case $$status in
    201 | 409) ;; # made, or there already
    *) echo "The proposal could not be made: $$status $$(head -c 300 "$$work/answer")" && return 1 ;;
    esac
    ;;
  branches) git push --quiet --force origin "refs/heads/$$1" ;;
  *) echo "There is no platform $$platform" && return 1 ;;
  esac
}

kompetanse status || [ $$? -eq 3 ]
kompetanse update --all --json --branch >"$$work/updates" || failed=1
python3 - "$$work/updates" >"$$work/branches" <<'END'
import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    for row in json.load(file):
        if row.get("branch"):
            print(row["branch"])
END

while read -r branch; do
  if is_worked_on "$$branch"; then
    echo "$$branch: somebody has worked on it; left alone"
  elif stands_already "$$branch"; then
    echo "$$branch: stands already"
  elif propose "$$branch" </dev/null; then
    echo "$$branch: proposed"
  else
    failed=1
  fi
done <"$$work/branches"
exit $$failed
