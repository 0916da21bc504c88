# A host: its configuration, and a toplevel that holds all of it, so that all of it is evaluated.
{ lib, packagesOf }:
let
  inherit (lib) types;

  base =
    { config, lib, ... }:
    let
      failed = lib.filter ({ assertion, ... }: !assertion) config.assertions;
      complaint = "Failed assertions:\n${
        lib.concatStringsSep "\n" (map ({ message, ... }: "- ${message}") failed)
      }";
      toplevel = derivation {
        name = "nixos-system-${config.networking.hostName}";
        system = config.nixpkgs.hostPlatform;
        builder = "/bin/sh";
        args = [
          "-c"
          "echo \"$configuration\" > $out"
        ];
        configuration = builtins.toJSON (removeAttrs config [ "system" ]);
      };
    in
    {
      options = {
        assertions = lib.mkOption {
          type = types.listOf types.attrs;
          default = [ ];
        };
        networking.hostName = lib.mkOption {
          type = types.str;
          default = "nixos";
        };
        nixpkgs.hostPlatform = lib.mkOption { type = types.str; };
        system.stateVersion = lib.mkOption { type = types.str; };
      };
      config.system.build.toplevel = if failed == [ ] then toplevel else throw complaint;
    };

  nixosSystem =
    { modules }:
    let
      host = lib.evalModules {
        modules = [ base ] ++ modules;
        specialArgs.pkgs = packagesOf host.config.nixpkgs.hostPlatform;
      };
    in
    host
    // {
      extendModules = more: nixosSystem { modules = modules ++ more.modules; };
    };
in
nixosSystem
