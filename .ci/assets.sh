#!/bin/sh
# Renews the styles and the script of the GOV.UK Design System in reports/pages/assets. For maintainers: it needs
# Node.js and a network. The fonts, the crown and the crest stay out: they are for services on GOV.UK itself.
#
# The version must be the one that the pinned govuk-frontend-jinja is made for.
set -eu
cd "$(dirname "$0")/.."
version=6.3.0
integrity=$(sed -n 's/^ *"govuk-frontend": *"\(.*\)",*$/\1/p' .ci/assets.json)
out=$PWD/reports/pages/assets
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp .ci/assets.scss "$scratch/"
cd "$scratch"
npm pack --silent "govuk-frontend@$version" >/dev/null
found=sha512-$(openssl dgst -sha512 -binary "govuk-frontend-$version.tgz" | openssl base64 -A)
[ "$found" = "$integrity" ] || {
    echo "assets: govuk-frontend-$version.tgz is not the one that was looked at: $found" >&2
    exit 1
}
tar -xzf "govuk-frontend-$version.tgz"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix tools sass@1.108.2
node tools/node_modules/sass/sass.js --no-source-map --style=compressed --quiet-deps --silence-deprecation=import \
    --load-path=package assets.scss govuk.css
sed -e 's|url("/assets/images/govuk-crest.svg")|none|g' govuk.css >"$out/govuk.css"
sed -e 's|//# sourceMappingURL=.*$||' package/dist/govuk/govuk-frontend.min.js >"$out/govuk-frontend.js"
