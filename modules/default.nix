/*
  nixosModules: every folder here that has a default.nix, by its name, and `default` with all of
  them. The program comes from this flake unless a host says otherwise.
*/
{ self, nixpkgs, ... }:
let
  inherit (nixpkgs) lib;

  isModule = name: type: type == "directory" && builtins.pathExists (./. + "/${name}/default.nix");
  names = lib.attrNames (lib.filterAttrs isModule (builtins.readDir ./.));

  ownPackage =
    { lib, pkgs, ... }:
    {
      cim.agent.package = lib.mkDefault self.packages.${pkgs.stdenv.hostPlatform.system}.cim-tui;
    };
  modules = lib.genAttrs names (name: {
    imports = [ (./. + "/${name}") ];
  });
in
modules
// {
  agent.imports = modules.agent.imports ++ [ ownPackage ];
  default.imports = lib.attrValues modules ++ [ ownPackage ];
}
