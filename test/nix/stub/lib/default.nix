# The functions of nixpkgs' lib that our Nix calls, under their names there.
let
  lib =
    import ./plain.nix
    // import ./properties.nix
    // {
      types = import ./types.nix { inherit lib; };
      fileset = import ./fileset.nix { inherit lib; };
      evalModules = import ./modules.nix { inherit lib; };

      mkOption = option: option // { _type = "option"; };
      mkEnableOption =
        what:
        lib.mkOption {
          type = lib.types.bool;
          default = false;
          description = "Whether to enable ${what}.";
        };
    };
in
lib
