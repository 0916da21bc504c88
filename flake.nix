{
  description = "cim-leaf: console and service layer of a leaf, and the NixOS configuration of its machine";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-26.05";

  outputs =
    inputs:
    let
      room =
        path:
        import path (
          inputs
          // {
            systems = [
              "x86_64-linux"
              "aarch64-linux"
            ];
          }
        );
    in
    {
      packages = room ./bin/packages.nix;
      devShells = room ./bin/shells.nix;
      nixosModules = room ./modules;
      nixosConfigurations = room ./hosts;
      checks = room ./test/nix/checks.nix;
    };
}
