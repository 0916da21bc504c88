# devShells.<system>: what the checks and the stages of test/ run on, as nixpkgs has it.
{ nixpkgs, systems, ... }:
nixpkgs.lib.genAttrs systems (
  system:
  let
    pkgs = nixpkgs.legacyPackages.${system};
  in
  {
    default = pkgs.mkShellNoCC {
      packages = [
        pkgs.git
        pkgs.iproute2
        pkgs.nats-server
        pkgs.nodejs_24
        pkgs.util-linux
      ];
      CIM_NATS_SERVER = "${pkgs.nats-server}/bin/nats-server";
    };
  }
)
