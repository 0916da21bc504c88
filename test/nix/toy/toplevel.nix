/*
  A machine in small: a toplevel with one package and the program that switches to it. `root` is
  where the toy keeps what a machine has in /run. A file `hold-build` or `hold-switch` there makes
  the one or the other wait until it is gone, after it has left its process id in `held`. A version
  that ends in `broken` does not build.
*/
{ version, root }:
let
  system = builtins.currentSystem;
  shell = name: attrs: script: derivation (attrs // {
    inherit name system;
    builder = "/bin/sh";
    args = [ "-c" "export PATH=/usr/bin:/bin; set -eu; ${script}" ];
  });
  hold = what: "if [ -e ${root}/${what} ]; then echo $$ > ${root}/held; while [ -e ${root}/${what} ]; do sleep 0.05; done; fi";
  agent = shell "toy-agent-${version}" { } ''
    echo building the agent ${version}
    ${hold "hold-build"}
    case ${version} in *broken) exit 3 ;; esac
    mkdir -p $out/bin
    echo "echo agent ${version}" > $out/bin/agent
    chmod +x $out/bin/agent
  '';
  # As with the real one: what is written first is not yet what runs.
  switch = builtins.toFile "switch-to-configuration" ''
    #!/bin/sh
    set -eu
    export PATH=/usr/bin:/bin
    toplevel=$(dirname "$(dirname "$(readlink -f "$0")")")
    [ "$1" = switch ] || { echo "toy: cannot $1" >&2; exit 2; }
    ln -sfn "$toplevel" ${root}/next
    ${hold "hold-switch"}
    mv -T ${root}/next ${root}/current-system
    echo "switched to ${version}"
  '';
in
shell "toy-system-${version}" { inherit agent switch; } ''
  mkdir -p $out/bin
  cp $switch $out/bin/switch-to-configuration
  chmod +x $out/bin/switch-to-configuration
  ln -s $agent $out/sw
''
