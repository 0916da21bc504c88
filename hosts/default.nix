/*
  nixosConfigurations: every folder here that has a leaf.json. The folder is named after the
  machine's service tag; leaf.json holds what the console may change, as settings of `cim`.
*/
{ self, nixpkgs, ... }:
let
  inherit (nixpkgs) lib;

  isHost = name: type: type == "directory" && builtins.pathExists (leafFile name);
  leafFile = tag: ./. + "/${tag}/leaf.json";
  tags = lib.attrNames (lib.filterAttrs isHost (builtins.readDir ./.));
in
lib.genAttrs tags (
  tag:
  lib.nixosSystem {
    modules = [
      self.nixosModules.default
      (./. + "/${tag}")
      {
        _file = leafFile tag;
        cim = lib.importJSON (leafFile tag);
        networking.hostName = lib.mkDefault tag;
      }
    ];
  }
)
