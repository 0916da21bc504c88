/*
  checks.<system>: the package, and each module by itself on a host that has nothing else. The host is
  evaluated to the end and not built.
*/
{
  self,
  nixpkgs,
  systems,
  ...
}:
let
  inherit (nixpkgs) lib;

  evaluate =
    system: name: module:
    nixpkgs.legacyPackages.${system}.writeText name (
      builtins.unsafeDiscardStringContext (toplevelOf system module).drvPath
    );
  toplevelOf =
    system: module:
    (lib.nixosSystem {
      modules = [
        module
        {
          nixpkgs.hostPlatform = system;
          system.stateVersion = "26.05";
          boot.loader.grub.enable = false;
          fileSystems."/" = {
            device = "/dev/disk/by-label/none";
            fsType = "ext4";
          };
        }
      ];
    }).config.system.build.toplevel;
in
lib.genAttrs systems (
  system:
  {
    inherit (self.packages.${system}) cim-tui;
  }
  // lib.mapAttrs (evaluate system) self.nixosModules
)
