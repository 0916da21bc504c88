# What the stub's packages are built by: the part of nixpkgs' setup that ours use.
PATH=
for input in ${nativeBuildInputs-}; do PATH=$PATH$input/bin:; done
export PATH=${PATH}/usr/bin:/bin

runHook() { :; }

# makeWrapper PROGRAM WRAPPER [--prefix VARIABLE SEPARATOR VALUE] [--set-default VARIABLE VALUE]
makeWrapper() {
  program=$1 wrapper=$2
  shift 2
  echo '#!/bin/sh' > "$wrapper"
  while [ $# -gt 0 ]; do
    case $1 in
      --prefix) echo "export $2=\"$4\${$2:+$3\$$2}\"" >> "$wrapper"; shift 4 ;;
      --set-default) echo "export $2=\"\${$2-$3}\"" >> "$wrapper"; shift 3 ;;
      *) echo "makeWrapper: the stub does not know $1" >&2; exit 1 ;;
    esac
  done
  echo "exec \"$program\" \"\$@\"" >> "$wrapper"
  chmod +x "$wrapper"
}

if [ -n "${buildCommand-}" ]; then
  eval "$buildCommand"
else
  cp -r "$src" source
  chmod -R u+w source
  cd source
  eval "$buildPhase"
  eval "$installPhase"
fi
