namespace IdfKit.Storage.Addresses;

/// <summary>What another package of this library offers to <see cref="FileSystems"/>; made without arguments.</summary>
internal interface IAddressOpener
{
    /// <summary>Opens the whole address.</summary>
    IAsyncFileSystem Open(string address);
}
