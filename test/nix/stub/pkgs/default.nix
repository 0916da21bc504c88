# Packages by the names that nixpkgs has for them. Programs of the machine stand in for their content.
{ lib, system }:
let
  nodeFolder = builtins.getEnv "CIM_NODE_BIN";

  mkDerivation =
    attrs:
    let
      name = attrs.name or "${attrs.pname}-${attrs.version}";
      package = derivation (
        removeAttrs attrs [ "meta" ]
        // {
          inherit name system;
          builder = "/bin/sh";
          args = [
            "-eu"
            ./builder.sh
          ];
        }
      );
    in
    package // { inherit (attrs) meta; };

  # A package whose programs are those of the machine.
  standIn =
    pname: names: folder:
    mkDerivation {
      inherit pname;
      version = "0";
      meta = { };
      buildCommand = ''
        mkdir -p "$out/bin"
        ${lib.concatStringsSep "\n" (map (name: ''ln -s "${folder}/${name}" "$out/bin/${name}"'') names)}
      '';
    };

  pkgs = {
    git = standIn "git" [ "git" ] "/usr/bin";
    iproute2 = standIn "iproute2" [ "ip" ] "/usr/sbin";
    makeWrapper = standIn "make-wrapper" [ ] "";
    nats-server = standIn "nats-server" [ "nats-server" ] "/usr/sbin";
    nodejs_24 = standIn "nodejs" [ "node" "npm" ] nodeFolder;
    systemd = standIn "systemd" [ "udevadm" ] "/usr/bin";
    util-linux = standIn "util-linux" [ "flock" "setpriv" ] "/usr/bin";

    mkShellNoCC =
      attrs:
      mkDerivation (
        removeAttrs attrs [ "packages" ]
        // {
          name = "nix-shell";
          meta = { };
          nativeBuildInputs = attrs.packages;
          buildCommand = "export > $out";
        }
      );
    writeText =
      name: text:
      mkDerivation {
        inherit name text;
        meta = { };
        buildCommand = "printf %s \"$text\" > $out";
      };
    stdenv = { inherit hostPlatform; };
    stdenvNoCC = {
      inherit hostPlatform mkDerivation;
    };
    callPackage =
      path: overrides:
      let
        make = import path;
      in
      make (builtins.intersectAttrs (builtins.functionArgs make) (pkgs // { inherit lib; } // overrides));
  };
  hostPlatform = { inherit system; };
in
pkgs
