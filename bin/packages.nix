# packages.<system>: the program, by both of its names.
{ nixpkgs, systems, ... }:
nixpkgs.lib.genAttrs systems (
  system:
  let
    cim-tui = nixpkgs.legacyPackages.${system}.callPackage ./package.nix { };
  in
  {
    inherit cim-tui;
    default = cim-tui;
  }
)
