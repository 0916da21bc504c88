/*
  Stands in for nixpkgs where there is no network: what of it our flake uses, in little. `lib` has a
  module system that merges and checks as the real one does; options of NixOS itself are taken
  without a check (test/nix/options.test.ts knows their names). Packages are names; with --impure
  and CIM_NODE_BIN they are real enough to build ours.
*/
{
  outputs =
    { self }:
    let
      lib = import ./lib;
      packagesOf = system: import ./pkgs { inherit lib system; };
    in
    {
      lib = lib // {
        nixosSystem = import ./nixos-system.nix { inherit lib packagesOf; };
      };
      legacyPackages = lib.genAttrs [
        "x86_64-linux"
        "aarch64-linux"
      ] packagesOf;
    };
}
